using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;
using Concord.Pipeline.Csv;

namespace Concord.App.Commands;

/// <summary>A rater model of one raw table, to print, as JSON, and as rows of CSV.</summary>
internal abstract record FittedModel(string Name)
{
    private const int MostRaters = 20;

    /// <summary>What <c>--models</c> calls the model of additive biases, which has no classes.</summary>
    public const string Additive = "additive";

    public static IReadOnlyList<string> All { get; } = [.. Names.All<RaterModel>(), Additive];

    public abstract object Json { get; }

    public abstract IEnumerable<RaterModelRow> Raters { get; }

    public abstract IEnumerable<ItemLabelRow> Items { get; }

    protected abstract string Summary { get; }

    protected abstract IReadOnlyList<(string Header, Func<RaterModelRow, double?> Cell)> Columns { get; }

    public static FittedModel Of(string name, Ratings ratings, RaterModelOptions options, CancellationToken cancellation) =>
        Names.TryParse<RaterModel>(name, out var model)
            ? new FittedClasses(RaterModelFit.Of(ratings, model, options, cancellation))
            : new FittedBias(AdditiveBias.Of(ratings), ratings);

    public void Print(Terminal terminal)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(PlainText.Of($"{Name}: {Summary}"));
        RaterModelRow[] raters = [.. Raters];
        if (raters.Length == 0)
            return;
        terminal.Table(
            ["rater", .. Columns.Select(c => c.Header)],
            raters
                .OrderBy(r => r.Reliability)
                .ThenByDescending(r => Math.Abs(r.Bias ?? 0))
                .ThenBy(r => r.Rater, StringComparer.Ordinal)
                .Take(MostRaters)
                .Select(r => (string[])[r.Rater, .. Columns.Select(c => Cells.Number(c.Cell(r)))]),
            [.. Enumerable.Range(1, Columns.Count)]
        );
        if (raters.Length > MostRaters)
            terminal.Out.WriteLine($"… and {raters.Length - MostRaters} more; --json or --output has all.");
    }

    protected static string Course(int iterations, bool converged) =>
        iterations == 0
            ? "no iterations needed"
            : $"{(converged ? "converged" : "not converged")} after {Cells.Count(iterations, "iteration")}";
}

/// <summary>A model of classes: who names which class how often.</summary>
internal sealed record FittedClasses(RaterModelFit Fit) : FittedModel(Names.Of(Fit.Model))
{
    public override object Json =>
        new
        {
            Method = Name,
            Fit.Classes,
            Prior = Fit.UndefinedBecause is null ? Fit.Prior : null,
            Fit.Iterations,
            Fit.Converged,
            Fit.Objective,
            Raters = Fit.UndefinedBecause is null
                ? Fit.Raters.Select(
                    (rater, r) =>
                        new
                        {
                            Rater = rater,
                            Reliability = Fit.Reliability[r],
                            Skill = Fit.Skill[r],
                            Weight = Fit.Weight[r],
                            Confusion = Fit.HasConfusion ? Rows(Fit.ConfusionOf(r)) : null,
                        }
                )
                : [],
            Items = Fit.UndefinedBecause is null ? Fit.Items : [],
            Labels = Items.Select(i => i.Label),
            Posterior = Rows(Fit.Posterior),
            Fit.UndefinedBecause,
        };

    public override IEnumerable<RaterModelRow> Raters =>
        Fit.UndefinedBecause is not null
            ? []
            : Fit.Raters.Select(
                (r, i) => new RaterModelRow(Name, r, Fit.Reliability[i], Fit.Skill[i], Fit.Weight[i], null, null)
            );

    public override IEnumerable<ItemLabelRow> Items =>
        Fit.UndefinedBecause is not null ? [] : Fit.Items.Select((name, i) => Item(name, Fit.PosteriorOf(i)));

    protected override string Summary =>
        Fit.UndefinedBecause is { } why
            ? $"undefined: {why}"
            : $"{Course(Fit.Iterations, Fit.Converged)}. Prior: {string.Join(", ", Fit.Classes.Zip(Fit.Prior, (c, p) => $"{c} {Cells.Number(p)}"))}.";

    protected override IReadOnlyList<(string Header, Func<RaterModelRow, double?> Cell)> Columns =>
        [("reliability", r => r.Reliability), ("skill", r => r.Skill), ("weight", r => r.Weight)];

    private ItemLabelRow Item(string name, ReadOnlySpan<double> probabilities)
    {
        var mode = Posterior.Mode(probabilities, out var tie);
        double[]? values = Fit.ClassValues is { } numbers ? [.. numbers] : null;
        return new(
            Name,
            name,
            Fit.Classes[mode],
            tie,
            probabilities[mode],
            values is null ? null : Posterior.Median(probabilities, values),
            values is null ? null : Posterior.Interval(probabilities, values),
            values is null ? Posterior.ErrorChance(probabilities) : Posterior.ExpectedLoss(probabilities, values)
        );
    }

    private double[][] Rows(ReadOnlySpan<double> flat)
    {
        var rows = new double[flat.Length / Math.Max(1, Fit.Classes.Count)][];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = flat.Slice(i * Fit.Classes.Count, Fit.Classes.Count).ToArray();
        return rows;
    }
}

/// <summary>The model in which every rater adds the same to each item.</summary>
internal sealed record FittedBias(AdditiveBias Bias, Ratings Ratings) : FittedModel(Additive)
{
    public override object Json =>
        new
        {
            Method = Name,
            Bias.Mean,
            ItemVariance = Bias.Components.Item,
            RaterVariance = Bias.Components.Rater,
            ResidualVariance = Bias.Components.Residual,
            Bias.Iterations,
            Bias.Converged,
            Raters = Raters.Select(r => new
            {
                r.Rater,
                r.Bias,
                Se = r.BiasError,
            }),
            Items = Items.Select(i => new
            {
                i.Item,
                Grade = i.Median,
                CiLow = i.Interval?.Low,
                CiHigh = i.Interval?.High,
            }),
            Bias.UndefinedBecause,
        };

    public override IEnumerable<RaterModelRow> Raters =>
        Bias.RaterBias.Select(
            (bias, i) => new RaterModelRow(Name, Ratings.Raters[i], null, null, null, bias, Bias.RaterStandardErrors[i])
        );

    public override IEnumerable<ItemLabelRow> Items =>
        Bias.ItemEffects.Select(
            (_, i) =>
            {
                var grade = Bias.ItemGrade(i);
                return new ItemLabelRow(Name, Ratings.Items[i], "", false, null, grade.Value, grade.Interval, null);
            }
        );

    protected override string Summary =>
        Bias.UndefinedBecause is { } why
            ? $"undefined: {why}"
            : $"{Course(Bias.Iterations, Bias.Converged)}. Mean {Cells.Number(Bias.Mean)}; variance of items {Cells.Number(Bias.Components.Item)}, of raters {Cells.Number(Bias.Components.Rater)}, of the rest {Cells.Number(Bias.Components.Residual)}.";

    protected override IReadOnlyList<(string Header, Func<RaterModelRow, double?> Cell)> Columns =>
        [("bias", r => r.Bias), ("se", r => r.BiasError)];
}
