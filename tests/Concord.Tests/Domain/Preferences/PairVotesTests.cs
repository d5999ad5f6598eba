using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class PairVotesTests
{
    [Fact]
    public void Only_graders_of_both_count_each_by_the_own_scores()
    {
        var pair = Pair(
            ("ann", 4.0, 2.0), // better
            ("bob", 3.0, 3.0 + 1e-12), // equal
            ("cy", 1.0, 2.0), // worse
            ("di", 5.0, null),
            ("ed", null, 1.0)
        );

        var votes = PairVotes.Of(pair);

        Assert.Equal(new PairVotes(1, 1, 1), votes);
        Assert.Equal(pair.CommonGraders, votes.Wins + votes.Ties + votes.Losses);
        Assert.Equal(2.5 / 5, votes.Confidence);
    }

    [Theory]
    [InlineData(0, 0, 0, 0.5)]
    [InlineData(2, 0, 0, 0.75)]
    [InlineData(3, 0, 0, 0.8)]
    [InlineData(2, 1, 0, 0.7)]
    [InlineData(0, 0, 2, 0.25)]
    public void Confidence_is_the_mean_that_a_uniform_prior_becomes(int wins, int ties, int losses, double confidence) =>
        Assert.Equal(confidence, new PairVotes(wins, ties, losses).Confidence, 12);

    private static PreferencePair Pair(params (string Grader, double? Chosen, double? Rejected)[] scores)
    {
        Candidate Of(string model, double overall, Func<(string Grader, double? Chosen, double? Rejected), double?> side) =>
            Given.Candidate(model, overall) with
            {
                GraderOveralls = scores
                    .Where(s => side(s) is not null)
                    .ToDictionary(s => GraderId.Parse(s.Grader), s => side(s)!.Value),
            };
        var (chosen, rejected) = (Of("lab/a", 4, s => s.Chosen), Of("lab/b", 2, s => s.Rejected));
        return new(chosen.Key.Challenge, chosen, rejected, 2, chosen.CommonGraders(rejected));
    }
}
