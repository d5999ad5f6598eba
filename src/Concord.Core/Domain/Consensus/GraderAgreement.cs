using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of agreement.csv.</summary>
internal static class GraderAgreement
{
    public static IReadOnlyList<AgreementRow> Rows(Ballot ballot, Benchmark benchmark) =>
        [.. benchmark.Criteria.SelectMany((criterion, i) => Rows(ballot, i, criterion, benchmark.Consensus))];

    /// <summary>The counted scores of one criterion.</summary>
    public static Ratings Ratings(Ballot ballot, int criterion)
    {
        var builder = new RatingsBuilder();
        foreach (var output in ballot.Outputs)
        {
            var item = $"{output.Output.Key.Challenge}/{output.Output.Key.Model}";
            foreach (var vote in output.Counted)
                if (vote.Grade.Scores[criterion] is { } score)
                    builder.TryAdd(item, vote.Grader.Id.Value, score);
        }
        return builder.Build();
    }

    private static IEnumerable<AgreementRow> Rows(Ballot ballot, int index, Criterion criterion, ConsensusPolicy policy)
    {
        var ratings = Ratings(ballot, index);
        var patterns = CountPatterns.Of(ratings);
        var replicates = policy.Bootstrap;
        foreach (var level in Enum.GetValues<MeasurementLevel>())
        {
            var alpha =
                replicates == 0
                    ? KrippendorffAlpha.Of(patterns, level)
                    : KrippendorffAlpha.WithBootstrap(patterns, level, replicates, policy.Seed);
            yield return Row("krippendorff-alpha", Names.Of(level), alpha, AgreementReading.OfAlpha(alpha) ?? "");
        }
        yield return Row(
            "percent-agreement",
            "unweighted",
            replicates == 0
                ? PercentAgreement.Exact(patterns)
                : PercentAgreement.ExactWithBootstrap(patterns, replicates, policy.Seed),
            ""
        );
        if (criterion.Scale.Level != MeasurementLevel.Nominal)
            yield return Row(
                "percent-agreement",
                "within-1",
                replicates == 0
                    ? PercentAgreement.Within(patterns, criterion.Scale.Step)
                    : PercentAgreement.WithinWithBootstrap(patterns, criterion.Scale.Step, replicates, policy.Seed),
                ""
            );

        AgreementRow Row(string coefficient, string weights, Estimate estimate, string reading) =>
            new(
                criterion.Id,
                coefficient,
                weights,
                estimate,
                patterns.Units,
                ratings.Raters.Count,
                patterns.PairableRatings,
                reading
            );
    }
}
