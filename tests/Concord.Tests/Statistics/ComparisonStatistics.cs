using System.Text.Json;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Pairwise;

namespace Concord.Tests.Statistics;

/// <summary>Comparisons of two samples and of pairwise wins on the reference cases.</summary>
internal static class ComparisonStatistics
{
    private const int Replicates = 20_000;
    private const ulong Seed = 20_260_101;

    /// <summary>The player of the Elo case had this rating before; the opponents are the data.</summary>
    private const double EloBefore = 1613;

    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        reference.Name switch
        {
            "bt-baseball-1987" => new()
            {
                ["bt.log_ability"] = () => AgainstBaltimore(Baseball(reference, home: false)),
                ["bt_home.log_ability"] = () => AgainstBaltimore(Baseball(reference, home: true)),
            },
            "bt-choix" => reference.Expectations.ToDictionary(
                e => e.Id,
                e =>
                    (Func<List<double?>>)(
                        () => Strengths(Choix(e), e.Id.Contains("alpha0.5", StringComparison.Ordinal) ? 0.5 : 0)
                    )
            ),
            "elo-wikipedia" => new()
            {
                ["expected_total"] = () => [Games(reference).Sum(g => Elo.Expected(EloBefore, g.Opponent))],
                ["new_rating_batch_K32"] = () => [Elo.Batch(EloBefore, Games(reference))],
                ["new_rating_sequential_K32"] = () => [Elo.Sequential(EloBefore, Games(reference))],
            },
            "paired-depression" => Paired(PairedAnalysis.Of(reference.Column(0), reference.Column(1), Replicates, Seed)),
            _ => [],
        };

    public static BradleyTerryFit Baseball(ReferenceCase reference, bool home)
    {
        var builder = new WinTable.Builder();
        foreach (var row in reference.Rows.Skip(1))
            builder.Add(row[0], row[1], ReferenceCase.Number(row[2]), ReferenceCase.Number(row[3]));
        return BradleyTerry.Fit(builder.Build(), home: home);
    }

    // Every id's value is V, as R has it; what scipy calls the statistic is the smaller sum.
    private static Dictionary<string, Func<List<double?>>> Paired(PairedAnalysis paired) =>
        new()
        {
            ["paired_t"] = () => [paired.StudentT.Statistic],
            ["wilcoxon.two.sided"] = () => [paired.Wilcoxon.V],
            ["wilcoxon.greater"] = () => [paired.Wilcoxon.V],
            ["wilcoxon.less"] = () => [paired.Wilcoxon.V],
            ["wilcoxon.normal_cc"] = () => [paired.WilcoxonContinuity.V],
            ["wilcoxon.normal_nocc"] = () => [paired.WilcoxonNormal.V],
            ["cohen_dz"] = () => [paired.CohenDz.Value],
            ["cliff_delta"] = () => [paired.CliffDelta.Value],
            ["mann_whitney_U"] = () => [paired.MannWhitney.Statistic],
            ["welch_t"] = () => [paired.Welch.Statistic],
            ["cohen_d_pooled"] = () => [paired.CohenD.Value],
            ["hedges_g"] = () => [paired.HedgesG.Value],
            ["rank_biserial_matched"] = () => [paired.RankBiserial.Value],
            ["mean_diff_bca95"] = () => Figures.OfIntervals([paired.DifferenceBca.Interval]),
        };

    private static List<double?> AgainstBaltimore(BradleyTerryFit fit) =>
        [.. fit.Items.Select((_, i) => fit.Difference(i, 0).Value)];

    private static List<double?> Strengths(WinTable table, double penalty) =>
        [.. BradleyTerry.Fit(table, penalty).Items.Select(i => i.LogStrength.Value)];

    private static WinTable Choix(ReferenceCase.Expectation expectation)
    {
        var builder = new WinTable.Builder();
        foreach (var game in expectation.Sources[0].GetProperty("data").EnumerateArray())
            builder.Add(Name(game[0]), Name(game[1]), 1, 0);
        return builder.Build();

        static string Name(JsonElement item) => $"{item.GetInt32()}";
    }

    private static IEnumerable<(double Opponent, double Score)> Games(ReferenceCase reference) =>
        reference.Column(0).Zip(reference.Column(1));
}
