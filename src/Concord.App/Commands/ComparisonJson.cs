using Concord.Core.Domain;
using Concord.Core.Domain.Comparison;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Pairwise;

namespace Concord.App.Commands;

/// <summary>The document of <c>concord compare --json</c>, and the parts that <c>concord agreement</c> shares.</summary>
internal static class ComparisonJson
{
    public static object Of(ModelComparison comparison, string? commit) =>
        new
        {
            Commit = commit,
            comparison.Request.Models,
            Adjust = Names.Of(comparison.Request.Adjust),
            comparison.Request.Bootstrap,
            comparison.Request.Seed,
            comparison.Request.Prior,
            comparison.Adjudicated,
            Criteria = comparison.Criteria.Select(c => new
            {
                c.Criterion,
                Scale = new { c.Min, c.Max },
                Pairs = c.Pairs.Select(Pair),
                Strengths = c.Strengths is { } fit ? Strengths(fit, "model") : null,
                c.UndefinedBecause,
            }),
            Checks = comparison.Checks.Select(c => new
            {
                c.A,
                c.B,
                Passes = Passes(c.Passes, null),
            }),
        };

    public static IEnumerable<object> Statistics(PairedAnalysis paired) =>
        paired.All.Select(s => new
        {
            Statistic = s.Name,
            s.Value,
            s.P,
            s.How,
            CiLow = s.Interval?.Low,
            CiHigh = s.Interval?.High,
            s.UndefinedBecause,
        });

    /// <summary>Items by rank, then name.</summary>
    /// <param name="fit">The model.</param>
    /// <param name="called">What an item is called here.</param>
    public static object Strengths(BradleyTerryFit fit, string called) =>
        new
        {
            Items = fit
                .Items.Zip(fit.RankIntervals())
                .OrderBy(i => i.First.Rank ?? int.MaxValue)
                .ThenBy(i => i.First.Item, StringComparer.Ordinal)
                .Select(i => new Dictionary<string, object?>
                {
                    [called] = i.First.Item,
                    ["log_strength"] = i.First.LogStrength.Value,
                    ["ci_low"] = i.First.LogStrength.Interval?.Low,
                    ["ci_high"] = i.First.LogStrength.Interval?.High,
                    ["se"] = i.First.LogStrength.StandardError,
                    ["rank"] = i.First.Rank,
                    ["rank_low"] = i.Second?.Low,
                    ["rank_high"] = i.Second?.High,
                }),
            fit.Connected,
            Prior = fit.Penalty,
            UndefinedBecause = fit.UndefinedBecause
                ?? fit.Items.Select(i => i.LogStrength.NoIntervalBecause).FirstOrDefault(why => why is not null),
        };

    private static object Pair(ModelPair pair) =>
        new
        {
            pair.A,
            pair.B,
            Challenges = pair.Paired.Pairs,
            pair.Paired.MeanA,
            pair.Paired.MeanB,
            Difference = new
            {
                Points = pair.Paired.Difference.Value,
                CiLow = pair.Paired.Difference.Interval?.Low,
                CiHigh = pair.Paired.Difference.Interval?.High,
                RelativePercent = pair.Relative,
                PercentOfScale = pair.ShareOfScale,
            },
            pair.Paired.SignFlip.P,
            PAdjusted = pair.AdjustedP,
            ByChallenge = Wins(pair.Challenges),
            ByGrade = Wins(pair.Grades),
            Passes = pair.Passes is { } passes ? Passes(passes, pair.Paired.Pairs) : null,
            Statistics = Statistics(pair.Paired),
            pair.UndefinedBecause,
        };

    private static object Wins(Tally tally) =>
        new
        {
            WinsA = tally.Won,
            Ties = tally.Tied,
            WinsB = tally.Lost,
        };

    private static object Passes(PassTable passes, int? challenges) =>
        new
        {
            Tasks = challenges ?? passes.Total,
            passes.Both,
            passes.OnlyA,
            passes.OnlyB,
            passes.Neither,
            PExact = passes.Exact.P,
            ChiSquared = passes.ChiSquared.Statistic,
            PChiSquared = passes.ChiSquared.P,
            ChiSquaredContinuity = passes.ChiSquaredContinuity.Statistic,
            PChiSquaredContinuity = passes.ChiSquaredContinuity.P,
            passes.Exact.UndefinedBecause,
        };
}
