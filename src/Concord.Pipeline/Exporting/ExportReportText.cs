using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>The account of an export, in sentences for people.</summary>
public static class ExportReportText
{
    private const int Percent = 100;

    /// <summary>What was selected and why not more; then what the rows are like.</summary>
    /// <param name="report">The account.</param>
    /// <returns>One sentence or two a line, without line ends.</returns>
    public static IReadOnlyList<string> Lines(ExportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            .. report.Pairs is { } pairs ? PairReportText.Lines(pairs) : OutputReportText.Lines(report.Outputs!, report.Recipe),
            .. report.Rows == 0 ? [] : Notes(report),
        ];
    }

    /// <summary>What must be known of the selection: prompts that differ, scores that a lead decided.</summary>
    internal static IEnumerable<string> Caveats(ExportReport report) =>
        report.Pairs is { } pairs ? PairReportText.Caveats(pairs) : OutputReportText.Caveats(report.Outputs!);

    /// <summary>Whether the longer text is preferred, and how many rows are long.</summary>
    internal static IEnumerable<string> OfLength(DatasetSummary summary)
    {
        if (summary.Pairs > 0)
            yield return Bias(summary.LengthBias);
        if (Long(summary) is { } warning)
            yield return warning;
    }

    private static IEnumerable<string> Notes(ExportReport report)
    {
        var summary = report.Summary;
        if (summary.Labels.Sorted is { Count: > 0 } labels)
            yield return $"Labels: {string.Join(", ", labels.Select(l => $"{l.Value} {l.Key}"))}.{(labels.Count == 1 ? " All are the same, and KTO learns from the difference." : "")}";
        if (report.Splits.Count > 1)
        {
            yield return $"Splits by challenge family: {string.Join(", ", report.Splits.Select(s => $"{Names.Of(s.Split)} {s.Rows}"))}.";
            foreach (var (split, _) in report.Splits.Where(s => s.Rows == 0))
                yield return $"The split {Names.Of(split)} is empty: so few challenges are hardly parted. Give another --salt or larger shares.";
        }
        foreach (var sentence in OfLength(summary))
            yield return sentence;
        if (report.Recipe.Format == ExportFormat.Ultrafeedback)
            yield return "UltraFeedback's rows repeat the prompt in chosen and rejected: TRL would put it before them again, so give TRL the format trl-conversational.";
        if (report.Recipe.Format == ExportFormat.LlamaFactory)
            yield return $"LLaMA-Factory finds a dataset by {LlamaFactoryIndex.FileName}: an export into a folder has one.";
        if (report.Recipe.WithNotes)
        {
            yield return report.TakenOut.Count == 0
                ? "The scan found nothing to take out of the notes."
                : $"Taken out of the notes: {string.Join(", ", report.TakenOut.Select(t => $"{t.Value} × {t.Key}"))}.";
            if (!report.HasFreshKey)
                yield return $"The pseudonyms are those of every release under this {PseudonymKey.Variable}.";
        }
    }

    private static string Bias(LengthBias bias)
    {
        var ratio = bias.MedianRatio is { } r ? $", median ratio {Short(r)}" : "";
        var correlation = bias.MarginCorrelation is { } c
            ? $"correlation of length and margin {Short(c)}"
            : "correlation of length and margin undefined";
        return $"Length: chosen is the longer text in {Share(bias.ChosenLonger ?? 0)} of the pairs{ratio}; {correlation}.";
    }

    private static string? Long(DatasetSummary summary) =>
        summary.OverMaxTokens == 0
            ? null
            : $"About {Share((double)summary.OverMaxTokens / summary.Rows)} of the rows, prompt and reply together, have more than {Lengths.DefaultMaxTokens.ToString("N0", CultureInfo.InvariantCulture)} tokens (at {Lengths.CharsPerToken} characters each), where TRL's trainers cut unless max_length is raised; the longest {(summary.Pairs > 0 ? "chosen " : "")}reply alone has about {Lengths.Tokens((long)summary.Chosen.Percentiles(1)[0]!.Value).ToString("N0", CultureInfo.InvariantCulture)}.";

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * Percent:0} %");

    private static string Short(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
