using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class PairConfidenceTests
{
    private static PairConfidence Of(
        ConfidenceMethod method,
        string chosen,
        string rejected,
        IReadOnlyList<Candidate> outputs,
        ulong seed = 1,
        int replicates = 1000
    )
    {
        Candidate Named(string name) => outputs.Single(o => o.Key.Model.Value == name);
        var (better, worse) = (Named(chosen), Named(rejected));
        var pair = new PreferencePair(better.Key.Challenge, better, worse, 1, better.CommonGraders(worse));
        return new ChallengeConfidence(outputs, method, replicates, seed).Of(pair);
    }

    /// <summary>Outputs with each grader's own overall: <c>a ann=5 bob=4</c>.</summary>
    private static Candidate[] Outputs(params string[] lines) =>
        [
            .. lines
                .Select(l => l.Split(' '))
                .Select(l =>
                    Given.Candidate(l[0], 3) with
                    {
                        GraderOveralls = l[1..]
                            .Select(g => g.Split('='))
                            .ToDictionary(
                                g => GraderId.Parse(g[0]),
                                g => double.Parse(g[1], System.Globalization.CultureInfo.InvariantCulture)
                            ),
                    }
                ),
        ];

    // All 27 draws of three of these differences, counted by a program of its own: 21.5, 13, 18 and 26.5 with ties half. 100,000 resamples come as near
    // as 3.3 standard errors of at most 0.00158.
    [Theory]
    [InlineData("2 1 -1", 21.5)]
    [InlineData("1 -0.5 -0.5", 13)]
    [InlineData("2 0 -1", 18)]
    [InlineData("1 1 0", 26.5)]
    [InlineData("1 1 2", 27)]
    [InlineData("0 0 0", 13.5)]
    public void The_bootstrap_comes_near_to_the_count_of_all_draws_of_three_graders(string differences, double of27)
    {
        var d = differences.Split(' ');
        var outputs = Outputs($"a ann={d[0]} bob={d[1]} cat={d[2]}", "b ann=0 bob=0 cat=0");
        var confidence = Of(ConfidenceMethod.Bootstrap, "a", "b", outputs, replicates: 100_000);
        Assert.InRange(confidence.Value, (of27 / 27) - 0.0053, (of27 / 27) + 0.0053);
        Assert.Equal("bootstrap_common_graders", confidence.MethodName);
    }

    // From a program of its own in Python, with the same generator written anew.
    [Theory]
    [InlineData("2 1 -1", 1, 0.7945)]
    [InlineData("2 1 -1", 7, 0.7835)]
    [InlineData("1 -0.5 -0.5", 1, 0.488)]
    [InlineData("1 1 0", 7, 0.976)]
    public void A_seed_gives_the_same_resamples_everywhere(string differences, ulong seed, double share)
    {
        var d = differences.Split(' ');
        var outputs = Outputs($"a ann={d[0]} bob={d[1]} cat={d[2]}", "b ann=0 bob=0 cat=0");
        Assert.Equal(share, Of(ConfidenceMethod.Bootstrap, "a", "b", outputs, seed).Value, 12);
        // The differences are what counts, not who gave them in which order, and not the scale's zero.
        var moved = Outputs($"b dan=3 eve=1 fay=2", $"a dan={3 + Number(d[2])} eve={1 + Number(d[0])} fay={2 + Number(d[1])}");
        Assert.Equal(share, Of(ConfidenceMethod.Bootstrap, "a", "b", moved, seed).Value, 12);
    }

    [Fact]
    public void Graders_of_one_output_only_are_no_evidence_for_the_bootstrap()
    {
        var outputs = Outputs("a ann=5 bob=4 cat=0", "b ann=2 bob=1 dan=5");
        Assert.Equal(1, Of(ConfidenceMethod.Bootstrap, "a", "b", outputs).Value);
    }

    [Theory]
    [InlineData("a ann=5", "b ann=1")]
    [InlineData("a ann=5 bob=5", "b ann=1 cat=1")]
    [InlineData("a ann=5", "b bob=1")]
    public void Below_two_common_graders_a_bootstrap_is_undefined_and_says_so(string a, string b)
    {
        var confidence = Of(ConfidenceMethod.Bootstrap, "a", "b", Outputs(a, b));
        Assert.Equal(PairConfidence.Undefined, confidence);
        Assert.Equal((0.5, "undefined"), (confidence.Value, confidence.MethodName));
    }

    // Ann: a > b > c. Bob: a = b > c. Cat: c > b. Maximum of the log-likelihood less (3/π²)·Σθ², by steepest ascent in a program of its own:
    // θ = 0.77484, −0.07805, −0.69679.
    [Theory]
    [InlineData("a", "b", 0.7011727866)]
    [InlineData("a", "c", 0.8133045341)]
    [InlineData("b", "c", 0.6499314805)]
    [InlineData("c", "a", 0.1866954659)]
    public void Strengths_come_from_every_comparison_within_the_challenge(string chosen, string rejected, double value)
    {
        var outputs = Outputs("a ann=5 bob=4", "b ann=3 bob=4 cat=2", "c ann=2 bob=1 cat=3");
        var confidence = Of(ConfidenceMethod.BradleyTerry, chosen, rejected, outputs);
        Assert.Equal(value, confidence.Value, 8);
        Assert.Equal("bradley_terry", confidence.MethodName);
        Assert.Equal(confidence, Of(ConfidenceMethod.BradleyTerry, chosen, rejected, [.. outputs.Reverse()]));
    }

    // Two wins of two: d solves 2·(1 − σ(d)) = (3/π²)·d, and σ(d) = 0.79449; without a prior it would be 1. Beta(1, 1) says 0.75.
    [Fact]
    public void A_prior_keeps_two_wins_from_being_certain()
    {
        var outputs = Outputs("a ann=5 bob=4", "b ann=3 bob=2");
        Assert.Equal(0.7944896770, Of(ConfidenceMethod.BradleyTerry, "a", "b", outputs).Value, 8);
        Assert.Equal(0.75, Of(ConfidenceMethod.Beta11, "a", "b", outputs).Value, 12);
        Assert.Equal("beta11_common_graders", Of(ConfidenceMethod.Beta11, "a", "b", outputs).MethodName);
    }

    [Fact]
    public void Outputs_that_nobody_graded_both_are_compared_through_a_third()
    {
        var outputs = Outputs("a ann=5", "b ann=4 bob=4", "c bob=1");
        Assert.Equal(0.7640697712, Of(ConfidenceMethod.BradleyTerry, "a", "c", outputs).Value, 8);
    }

    [Fact]
    public void Outputs_that_no_comparison_joins_have_no_strengths_to_compare()
    {
        var outputs = Outputs("a ann=5", "b ann=4", "c bob=1", "d bob=2", "e cat=5");
        Assert.Equal(PairConfidence.Undefined, Of(ConfidenceMethod.BradleyTerry, "a", "c", outputs));
        Assert.Equal(PairConfidence.Undefined, Of(ConfidenceMethod.BradleyTerry, "e", "a", outputs));
        Assert.True(Of(ConfidenceMethod.BradleyTerry, "d", "c", outputs).Value > 0.5);
        Assert.Equal(PairConfidence.Undefined, Of(ConfidenceMethod.BradleyTerry, "a", "c", Outputs("a ann=5", "c bob=1")));
    }

    [Fact]
    public void A_selection_tells_each_pair_its_confidence_by_the_method_asked_for()
    {
        var outputs = Outputs("a ann=5 bob=4", "b ann=3 bob=4 cat=2", "c ann=2 bob=1 cat=3");
        Candidate[] ranked = [outputs[0] with { Overall = 5 }, outputs[1] with { Overall = 4 }, outputs[2] with { Overall = 1 }];
        foreach (var method in Enum.GetValues<ConfidenceMethod>())
        {
            var (pairs, _) = PairSelection.Select(ranked, Given.NoLimits with { Confidence = method, Seed = 7, Replicates = 50 });
            Assert.Equal(3, pairs.Count);
            Assert.All(
                pairs,
                p => Assert.Equal(Of(method, p.Chosen.Key.Model.Value, p.Rejected.Key.Model.Value, ranked, 7, 50), p.Confidence)
            );
        }
    }

    [Fact]
    public void Outputs_that_may_not_be_in_pairs_are_still_compared_with()
    {
        Candidate[] outputs = Outputs("a ann=5 bob=4", "b ann=3 bob=4", "c ann=4");
        outputs = [outputs[0] with { Overall = 5 }, outputs[1] with { Overall = 1 }, outputs[2]];
        var rules = Given.NoLimits with { Confidence = ConfidenceMethod.BradleyTerry, MinVotes = 2 };
        var pair = Assert.Single(PairSelection.Select(outputs, rules).Pairs);
        Assert.NotEqual(Of(ConfidenceMethod.BradleyTerry, "a", "b", outputs[..2]), pair.Confidence);
        Assert.Equal(Of(ConfidenceMethod.BradleyTerry, "a", "b", outputs), pair.Confidence);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
