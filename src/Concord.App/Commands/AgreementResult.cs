using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics.Summary;
using Concord.Pipeline.Csv;

namespace Concord.App.Commands;

/// <summary>The agreement of one criterion of a raw table, to print as a table or as JSON.</summary>
internal sealed record AgreementResult(RatingsTable Table, IReadOnlyList<AgreementCoefficient> Coefficients, bool Items)
{
    public RaterPairTable? Pairs { get; init; }

    public IReadOnlyList<FittedModel> Models { get; init; } = [];

    public object Json
    {
        get
        {
            var json = new Dictionary<string, object?>
            {
                ["criterion"] = Table.Criterion,
                ["items"] = Table.Ratings.Items.Count,
                ["raters"] = Table.Ratings.Raters.Count,
                ["ratings"] = Table.Ratings.Count,
                ["coefficients"] = CoefficientsJson,
            };
            if (Items)
                json["items_table"] = ItemRows.Select(i => new
                {
                    i.Item,
                    i.Of.N,
                    i.Of.Median,
                    i.Of.Mean,
                    i.Of.Sd,
                    i.Of.Min,
                    i.Of.Max,
                });
            if (Pairs is not null)
                json["rater_pairs"] = Pairs.Json;
            if (Models.Count > 0)
                json["models"] = Models.Select(m => m.Json);
            return json;
        }
    }

    private IEnumerable<object> CoefficientsJson =>
        Coefficients.Select(c => new
        {
            Coefficient = c.Name,
            c.Weights,
            c.Estimate.Value,
            CiLow = c.Estimate.Interval?.Low,
            CiHigh = c.Estimate.Interval?.High,
            Se = c.Estimate.StandardError,
            UndefinedBecause = c.Estimate.UndefinedBecause ?? c.Estimate.NoIntervalBecause,
        });

    private IEnumerable<(string Item, ItemSummary Of)> ItemRows
    {
        get
        {
            var summaries = ItemSummaries.Of(Table.Ratings);
            return Table.Ratings.Items.Select((name, item) => (name, summaries[item]));
        }
    }

    public void Print(Terminal terminal)
    {
        var title = Table.Criterion is { } criterion ? $"{criterion}: " : "";
        terminal.Out.WriteLine(
            PlainText.Of(
                $"{title}{Cells.Count(Table.Ratings.Items.Count, "item")}, {Cells.Count(Table.Ratings.Raters.Count, "rater")}, {Cells.Count(Table.Ratings.Count, "rating")}."
            )
        );
        if (Coefficients.Count > 0)
            terminal.Table(
                ["coefficient", "weights", "value", "95 % interval", ""],
                Coefficients.Select(c =>
                    (string[])
                        [
                            c.Name,
                            c.Weights,
                            Cells.Number(c.Estimate.Value),
                            Cells.Interval(c.Estimate.Interval),
                            c.Estimate.UndefinedBecause is { } why ? $"undefined: {why}" : c.Estimate.NoIntervalBecause ?? "",
                        ]
                ),
                2
            );
        if (Items)
            terminal.Table(
                ["item", "n", "median", "mean", "sd", "min", "max"],
                ItemRows.Select(i =>
                    (string[])
                        [
                            i.Item,
                            Cells.Whole(i.Of.N),
                            Cells.Number(i.Of.Median),
                            Cells.Number(i.Of.Mean),
                            Cells.Number(i.Of.Sd),
                            Cells.Number(i.Of.Min),
                            Cells.Number(i.Of.Max),
                        ]
                ),
                1,
                2,
                3,
                4,
                5,
                6
            );
        Pairs?.Print(terminal);
        foreach (var model in Models)
            model.Print(terminal);
        terminal.Out.WriteLine();
    }
}
