using Concord.Core.Statistics.Agreement;

namespace Concord.App.Commands;

/// <summary>The agreement of each pair of raters, as a table and as JSON.</summary>
internal static class RaterPairTable
{
    public static IEnumerable<object> Json(IReadOnlyList<RaterPair> pairs) =>
        pairs.Select(p => new Dictionary<string, object?>
        {
            ["first"] = p.First,
            ["second"] = p.Second,
            ["items"] = p.Items,
            ["exact"] = p.Exact,
            ["within_1"] = p.Within,
            ["kappa_quadratic"] = p.Kappa,
            ["pearson"] = p.Pearson,
            ["spearman"] = p.Spearman,
            ["mean_difference"] = p.MeanDifference,
        });

    public static void Print(Terminal terminal, IReadOnlyList<RaterPair> pairs) =>
        terminal.Table(
            ["rater", "rater", "items", "same", "within 1", "kappa quadratic", "pearson", "spearman", "mean difference"],
            pairs.Select(p =>
                (string[])
                    [
                        p.First,
                        p.Second,
                        Cells.Whole(p.Items),
                        Cells.Number(p.Exact),
                        Cells.Number(p.Within),
                        Cells.Number(p.Kappa),
                        Cells.Number(p.Pearson),
                        Cells.Number(p.Spearman),
                        Cells.Number(p.MeanDifference),
                    ]
            ),
            2,
            3,
            4,
            5,
            6,
            7,
            8
        );
}
