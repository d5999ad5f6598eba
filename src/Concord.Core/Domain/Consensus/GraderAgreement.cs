using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of agreement.csv.</summary>
internal static class GraderAgreement
{
    public static IReadOnlyList<AgreementRow> Rows(Ballot ballot, Benchmark benchmark) =>
        [.. benchmark.Criteria.SelectMany((criterion, i) => Rows(ballot, i, criterion, benchmark.Consensus))];

    /// <summary>The counted scores of one criterion.</summary>
    public static Ratings Ratings(Ballot ballot, int criterion, GraderId? without = null)
    {
        var builder = new RatingsBuilder();
        foreach (var output in ballot.Outputs)
            foreach (var vote in output.Counted)
                if (vote.Grade.Scores[criterion] is { } score && vote.Grader.Id != without)
                    builder.TryAdd($"{output.Output.Key.Challenge}/{output.Output.Key.Model}", vote.Grader.Id.Value, score);
        return builder.Build();
    }

    private static IEnumerable<AgreementRow> Rows(Ballot ballot, int index, Criterion criterion, ConsensusPolicy policy)
    {
        var ratings = Ratings(ballot, index);
        var patterns = CountPatterns.Of(ratings);
        foreach (var level in Enum.GetValues<MeasurementLevel>())
        {
            var alpha = KrippendorffAlpha.WithBootstrap(patterns, level, policy.Bootstrap, policy.Seed);
            yield return Row("krippendorff-alpha", Names.Of(level), alpha, AgreementReading.OfAlpha(alpha) ?? "");
        }
        yield return Row("percent-agreement", "unweighted", PercentAgreement.ExactWithBootstrap(patterns, policy.Bootstrap, policy.Seed), "");
        if (criterion.Scale.Level != MeasurementLevel.Nominal)
            yield return Row(
                "percent-agreement",
                "within-1",
                PercentAgreement.WithinWithBootstrap(patterns, criterion.Scale.Step, policy.Bootstrap, policy.Seed),
                ""
            );

        AgreementRow Row(string coefficient, string weights, Estimate estimate, string reading) =>
            new(criterion.Id, coefficient, weights, estimate, patterns.Units, ratings.Raters.Count, patterns.PairableRatings, reading);
    }
}
