using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Comparison;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;

namespace Concord.Pipeline.Workspaces;

/// <summary>The part of REPORT.md that says who was graded higher than whom.</summary>
internal static class PairwiseReport
{
    private const int MostAgainstEach = 6;

    public static void Append(StringBuilder text, ConsensusTables tables, Benchmark benchmark)
    {
        string[] models = [.. tables.Models.Where(m => m.Rank is not null).Select(m => m.Model)];
        var wins = GradeWins.Of(tables.Ballot, benchmark.Criteria, models);
        var all = models.ToDictionary(
            m => m,
            m => models.Where(o => o != m).Select(o => wins.Between(m, o)).ToArray(),
            StringComparer.Ordinal
        );
        if (!all.Values.Any(a => a.Any(t => t.Total > 0)))
            return;
        var strengths = wins.Strengths.Items.ToDictionary(i => i.Item, i => i.LogStrength, StringComparer.Ordinal);
        var measured = wins.Strengths.UndefinedBecause is null;
        string[] against = models.Length <= MostAgainstEach ? models : [];
        text.Append("## Who was graded higher\n\n");
        ConsensusReport.Table(
            text,
            [
                "Model",
                .. against.Select(m => $"against {m}"),
                "Won",
                "Tied",
                "Lost",
                .. measured ? (string[])["Strength", "95 % interval"] : [],
            ],
            models.Select(m =>
                (string[])
                    [
                        m,
                        .. against.Select(o => o == m ? "–" : Record(wins.Between(m, o))),
                        $"{all[m].Sum(t => t.Won)}",
                        $"{all[m].Sum(t => t.Tied)}",
                        $"{all[m].Sum(t => t.Lost)}",
                        .. measured ? (string[])[ConsensusReport.Number(strengths[m].Value), Interval(strengths[m])] : [],
                    ]
            ),
            "models.csv"
        );
        text.Append("Overall scores that one person gave to two models on one challenge: won, tied, lost. ");
        text.Append(
            measured
                ? "*Strength*: log-odds of winning (Bradley-Terry, ties half), with mean 0; its interval takes grades for independent, so it is too narrow where graders think alike.\n\n"
                : $"Bradley-Terry strengths are undefined: {ConsensusReport.Escaped(wins.Strengths.UndefinedBecause!)}\n\n"
        );
    }

    private static string Interval(Estimate strength) =>
        strength.Interval is { } i ? $"{ConsensusReport.Number(i.Low)} to {ConsensusReport.Number(i.High)}" : "–";

    private static string Record(Tally tally) => tally.Total == 0 ? "" : $"{tally.Won}, {tally.Tied}, {tally.Lost}";
}
