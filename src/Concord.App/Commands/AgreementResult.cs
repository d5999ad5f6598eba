using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Summary;
using Concord.Pipeline.Csv;

namespace Concord.App.Commands;

/// <summary>The agreement of one criterion of a raw table, to print as a table or as JSON.</summary>
internal sealed record AgreementResult(RatingsTable Table, IReadOnlyList<AgreementCoefficient> Coefficients, bool Items)
{
    public IReadOnlyList<RaterPair>? Pairs { get; init; }

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
                    i.N,
                    i.Median,
                    i.Mean,
                    i.Sd,
                    i.Min,
                    i.Max,
                });
            if (Pairs is not null)
                json["rater_pairs"] = RaterPairTable.Json(Pairs);
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
            c.Estimate.UndefinedBecause,
        });

    private IEnumerable<(string Item, int N, double? Median, double? Mean, double? Sd, double? Min, double? Max)> ItemRows
    {
        get
        {
            var ratings = Table.Ratings;
            if (ratings.CategoryValues is not { } categories)
                yield break;
            var values = new List<double>();
            for (var r = 0; r < ratings.Count; r++)
            {
                values.Add(categories[ratings.CategoryOf[r]]);
                if (r + 1 < ratings.Count && ratings.ItemOf[r + 1] == ratings.ItemOf[r])
                    continue;
                double[] all = [.. values];
                yield return (
                    ratings.Items[ratings.ItemOf[r]],
                    all.Length,
                    Median.Of(all),
                    Mean.Of(all),
                    Spread.StandardDeviation(all),
                    all.Min(),
                    all.Max()
                );
                values.Clear();
            }
        }
    }

    public void Print(Terminal terminal)
    {
        var title = Table.Criterion is { } criterion ? $"{criterion}: " : "";
        terminal.Out.WriteLine(
            $"{title}{Table.Ratings.Items.Count} items, {Table.Ratings.Raters.Count} raters, {Table.Ratings.Count} ratings."
        );
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
                            Cells.Whole(i.N),
                            Cells.Number(i.Median),
                            Cells.Number(i.Mean),
                            Cells.Number(i.Sd),
                            Cells.Number(i.Min),
                            Cells.Number(i.Max),
                        ]
                ),
                1,
                2,
                3,
                4,
                5,
                6
            );
        if (Pairs is not null)
            RaterPairTable.Print(terminal, Pairs);
        terminal.Out.WriteLine();
    }
}
