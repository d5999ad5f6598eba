using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.Pipeline.Workspaces;

/// <summary>The section of REPORT.md on what leads decided; none where they decided nothing.</summary>
internal static class AdjudicationReport
{
    private const int LongestReason = 300;

    public static void Append(StringBuilder text, ConsensusTables tables)
    {
        var rulings = tables.Adjudication.Rulings;
        if (rulings.Count == 0)
            return;
        var rows = tables.Consensus.ToDictionary(r => (r.Key, r.Criterion));
        var overruled = rulings.Any(r => r.Overruled.Count > 0);
        text.Append("## Decided by leads\n\n");
        ConsensusReport.Table(
            text,
            [
                "Challenge",
                "Model",
                "Criterion",
                "Decision",
                "Graders' median",
                "Graders",
                "Lead",
                "Reason",
                .. overruled ? ["Overruled"] : Array.Empty<string>(),
            ],
            rulings.Select(r =>
            {
                var row = rows[(r.Key, r.Criterion.Value)];
                return (string[])
                    [
                        r.Key.Challenge.Value,
                        r.Key.Model.Value,
                        r.Criterion.Value,
                        ConsensusReport.Number(r.Score),
                        ConsensusReport.Number(row.Median),
                        row.Graders.ToString(CultureInfo.InvariantCulture),
                        r.Decision.Lead.Value,
                        Short(r.Decision.Grade.Notes),
                        .. overruled ? [Earlier(r)] : Array.Empty<string>(),
                    ];
            }),
            "consensus.csv, flag adjudicated"
        );
        text.Append(
            "A lead's decision stands in place of the graders' consensus. It is no vote: medians, agreement, rater models and graders' biases are without it.\n\n"
        );
        if (overruled)
            text.Append("*Overruled*: what other leads had decided before; the latest decision holds.\n\n");
    }

    private static string Earlier(Ruling ruling) =>
        ruling.Overruled.Count == 0
            ? "–"
            : string.Join(
                "; ",
                ruling.Overruled.Select(d =>
                    $"{ConsensusReport.Number(d.Grade.Scores[ruling.Place])} by {d.Lead}, {Timestamp.Of(d.Grade.GradedAt)}"
                )
            );

    private static string Short(string reason)
    {
        if (reason.Length <= LongestReason)
            return reason;
        // Not between the two halves of a character.
        var end = char.IsHighSurrogate(reason[LongestReason - 1]) ? LongestReason - 1 : LongestReason;
        return reason[..end] + "…";
    }
}
