using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics.Agreement;

namespace Concord.App.Commands;

/// <summary>The agreement of each pair of raters, as a table and as JSON.</summary>
/// <param name="Within">The distance at which grades agree.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record RaterPairTable(AgreementDistance Within, IReadOnlyList<RaterPair> Pairs)
{
    public IEnumerable<object> Json =>
        Pairs.Select(p => new Dictionary<string, object?>
        {
            ["first"] = p.First,
            ["second"] = p.Second,
            ["items"] = p.Items,
            ["exact"] = p.Exact,
            [Within.Weights.Replace('-', '_')] = p.Within,
            ["kappa_quadratic"] = p.Kappa,
            ["pearson"] = p.Pearson,
            ["spearman"] = p.Spearman,
            ["mean_difference"] = p.MeanDifference,
        });

    public void Print(Terminal terminal) =>
        terminal.Table(
            [
                "rater",
                "rater",
                "items",
                "same",
                $"within {NumberText.Of(Within.Distance)}",
                "kappa quadratic",
                "pearson",
                "spearman",
                "mean difference",
            ],
            Pairs.Select(p =>
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
