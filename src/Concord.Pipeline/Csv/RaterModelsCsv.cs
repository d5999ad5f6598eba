using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Csv;

/// <summary>What a rater model says of a rater; null where the model has no such number.</summary>
/// <param name="Method">The model's name.</param>
/// <param name="Rater">The rater.</param>
/// <param name="Reliability">The chance to name the true class, 0 to 1.</param>
/// <param name="Skill">The model's own parameter.</param>
/// <param name="Weight">What one more rating is worth.</param>
/// <param name="Bias">What the rater adds, in grades.</param>
/// <param name="BiasError">Its standard error.</param>
public sealed record RaterModelRow(
    string Method,
    string Rater,
    double? Reliability,
    double? Skill,
    double? Weight,
    double? Bias,
    double? BiasError
);

/// <summary>What a rater model says of an item.</summary>
/// <param name="Method">The model's name.</param>
/// <param name="Item">The item.</param>
/// <param name="Label">The most probable class, the first on a tie; empty without classes.</param>
/// <param name="Tie">Whether another class is as probable.</param>
/// <param name="Probability">Its probability; null without classes.</param>
/// <param name="Median">The posterior median, or the grade without bias; null where classes are no numbers.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="ExpectedLoss">The expected absolute error of the median; of classes without numbers the chance to be wrong.</param>
public sealed record ItemLabelRow(
    string Method,
    string Item,
    string Label,
    bool Tie,
    double? Probability,
    double? Median,
    ConfidenceInterval? Interval,
    double? ExpectedLoss
);

/// <summary>Writes what rater models make of raw tables: <c>raters.csv</c> and <c>labels.csv</c>.</summary>
public static class RaterModelsCsv
{
    /// <summary>Replaces raters.csv.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows by criterion, in the order to write.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void WriteRaters(string path, IEnumerable<(string? Criterion, RaterModelRow Row)> rows)
    {
        using var lines = new CsvLines(["criterion", "method", "rater", "reliability", "skill", "weight", "bias", "bias_se"]);
        foreach (var (criterion, r) in rows)
            lines.Add(
                criterion ?? "",
                r.Method,
                r.Rater,
                NumberText.Of(r.Reliability),
                NumberText.Of(r.Skill),
                NumberText.Of(r.Weight),
                NumberText.Of(r.Bias),
                NumberText.Of(r.BiasError)
            );
        AtomicFile.Replace(path, lines.ToBytes());
    }

    /// <summary>Replaces labels.csv.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows by criterion, in the order to write.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void WriteLabels(string path, IEnumerable<(string? Criterion, ItemLabelRow Row)> rows)
    {
        using var lines = new CsvLines(
            ["criterion", "method", "item", "label", "tie", "probability", "median", "ci_low", "ci_high", "expected_loss"]
        );
        foreach (var (criterion, r) in rows)
            lines.Add(
                criterion ?? "",
                r.Method,
                r.Item,
                r.Label,
                r.Tie ? "true" : "false",
                NumberText.Of(r.Probability),
                NumberText.Of(r.Median),
                NumberText.Of(r.Interval?.Low),
                NumberText.Of(r.Interval?.High),
                NumberText.Of(r.ExpectedLoss)
            );
        AtomicFile.Replace(path, lines.ToBytes());
    }
}
