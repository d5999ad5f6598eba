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

    public void Print(Terminal terminal)
    {
        if (Pairs.Count == 0)
        {
            terminal.Out.WriteLine("No two raters rated the same item, so there is no pair to compare.");
            return;
        }
        (string Header, Func<RaterPair, double?> Cell)[] all =
        [
            ("same", p => p.Exact),
            ($"within {NumberText.Of(Within.Distance)}", p => p.Within),
            ("kappa quadratic", p => p.Kappa),
            ("pearson", p => p.Pearson),
            ("spearman", p => p.Spearman),
            ("difference", p => p.MeanDifference),
        ];
        var columns = terminal.IsNarrow ? [.. all.Where(c => c.Header != "pearson")] : all;
        terminal.Table(
            ["rater", "rater", "items", .. columns.Select(c => c.Header)],
            Pairs.Select(p =>
                (string[])[p.First, p.Second, Cells.Whole(p.Items), .. columns.Select(c => Cells.Number(c.Cell(p)))]
            ),
            [.. Enumerable.Range(2, 1 + columns.Length)]
        );
    }
}
