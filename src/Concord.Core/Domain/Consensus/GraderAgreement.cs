using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of agreement.csv.</summary>
internal static class GraderAgreement
{
    public static IReadOnlyList<AgreementRow> Rows(IReadOnlyList<Ratings> ratings, Benchmark benchmark) =>
        [.. benchmark.Criteria.SelectMany((criterion, i) => Rows(ratings[i], criterion, benchmark.Consensus))];

    /// <summary>The counted scores of each criterion, in rubric order.</summary>
    public static IReadOnlyList<Ratings> Ratings(Ballot ballot, Benchmark benchmark) =>
        [.. benchmark.Criteria.Select((_, i) => Ratings(ballot, i))];

    private static Ratings Ratings(Ballot ballot, int criterion)
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

    private static IEnumerable<AgreementRow> Rows(Ratings ratings, Criterion criterion, ConsensusPolicy policy)
    {
        var patterns = CountPatterns.Of(ratings);
        double? within = criterion.Scale.Level == MeasurementLevel.Nominal ? null : criterion.Scale.Step;
        return AgreementCoefficient
            .Of(patterns, Enum.GetValues<MeasurementLevel>(), within, policy.Bootstrap, policy.Seed)
            .Select(c => new AgreementRow(
                criterion.Id,
                c.Name,
                c.Weights,
                c.Estimate,
                patterns.Units,
                ratings.Raters.Count,
                patterns.PairableRatings,
                c.Name == AgreementCoefficient.Alpha ? AgreementReading.OfAlpha(c.Estimate) ?? "" : ""
            ));
    }
}
