using Concord.Core.Statistics;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Pairwise;

namespace Concord.Core.Domain.Preferences;

/// <summary>The confidence in the pairs of one challenge, by one method.</summary>
/// <remarks>
/// Beta11: the mean of a Beta(1, 1) prior after the common graders' wins, losses and ties (<see cref="PairVotes.Confidence"/>).
/// Bootstrap: the share of resamples of the common graders in which the chosen output's mean overall is greater, ties half; undefined below two of them,
/// because one grader drawn again is always the same. Equal differences give an equal confidence, whatever else is graded.
/// BradleyTerry: the chance to win from strengths fitted to every comparison that a grader's own overalls make between two outputs of the challenge, ties
/// half. A few graders rarely connect everything, so there is always a prior: θ normal, such that the difference of two has the variance π²/3 of the standard
/// logistic distribution, which is what a uniform chance to win has in log-odds; it knows as little as Beta(1, 1) does. Comparisons of one grader are taken
/// as independent, though m outputs give m(m − 1)/2 of them; undefined for two outputs that no chain of comparisons joins, of which the prior alone would speak.
/// </remarks>
public sealed class ChallengeConfidence
{
    /// <summary>The weight of the prior: θ has the variance 1 / (2 · penalty) = π²/6.</summary>
    public const double Penalty = 3 / (Math.PI * Math.PI);

    private readonly ConfidenceMethod method;
    private readonly int replicates;
    private readonly ulong seed;
    private readonly Lazy<Strengths> strengths;

    /// <summary>Takes in the outputs of a challenge; strengths are fitted when a pair asks for them.</summary>
    /// <param name="outputs">All graded outputs of the challenge, in any order, whether or not they may be in pairs.</param>
    /// <param name="method">The method.</param>
    /// <param name="replicates">How many resamples a bootstrap takes, 1 or more.</param>
    /// <param name="seed">Its seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no resample.</exception>
    public ChallengeConfidence(IReadOnlyList<Candidate> outputs, ConfidenceMethod method, int replicates, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(replicates);
        (this.method, this.replicates, this.seed) = (method, replicates, seed);
        strengths = new(() => Strengths.Of(outputs));
    }

    internal static ChallengeConfidence Of(IReadOnlyList<Candidate> outputs, PairRules rules) =>
        new(outputs, rules.Confidence, rules.Replicates, rules.Seed);

    // By itself a pair tells the one that needs nothing but its own graders.
    internal PreferencePair Tell(PreferencePair pair) =>
        method == ConfidenceMethod.Beta11 ? pair : pair with { Confidence = Of(pair) };

    /// <summary>The confidence in one pair.</summary>
    /// <param name="pair">Two of the outputs.</param>
    /// <returns>0 to 1, with the method; undefined where the method has nothing to go by.</returns>
    public PairConfidence Of(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return method switch
        {
            ConfidenceMethod.Beta11 => Known(PairVotes.Of(pair).Confidence),
            ConfidenceMethod.Bootstrap => Known(
                MeanBootstrap.ShareAboveZero(pair.CommonDifferences(), replicates, seed, PairRules.Tolerance)
            ),
            ConfidenceMethod.BradleyTerry => Known(strengths.Value.Between(pair.Chosen, pair.Rejected)),
            _ => throw new ArgumentOutOfRangeException(nameof(pair), method, "Not a method."),
        };
    }

    private PairConfidence Known(double? value) => value is { } known ? new(known, method) : PairConfidence.Undefined;

    private sealed class Strengths(BradleyTerryFit? fit, DisjointSets islands, IReadOnlyDictionary<string, int> places)
    {
        public static Strengths Of(IReadOnlyList<Candidate> outputs)
        {
            var wins = new WinTable.Builder();
            foreach (var output in outputs)
                wins.Know(Name(output));
            for (var i = 0; i < outputs.Count; i++)
            for (var j = i + 1; j < outputs.Count; j++)
            {
                var votes = PairVotes.Of(outputs[i].GraderOveralls, outputs[j].GraderOveralls);
                // One name order, so that the fit is the same to the last bit whatever order the outputs come in.
                var (first, second) = (Name(outputs[i]), Name(outputs[j]));
                if (string.CompareOrdinal(first, second) < 0)
                    wins.Add(first, second, votes.Wins, votes.Losses, votes.Ties);
                else
                    wins.Add(second, first, votes.Losses, votes.Wins, votes.Ties);
            }
            var table = wins.Build();
            var islands = new DisjointSets(table.Items.Count);
            foreach (var pair in table.Pairs)
                islands.Join(pair.Left, pair.Right);
            return new(
                table.Pairs.Count == 0 ? null : BradleyTerry.Fit(table, Penalty),
                islands,
                table.Items.Index().ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal)
            );
        }

        public double? Between(Candidate chosen, Candidate rejected)
        {
            var (a, b) = (places[Name(chosen)], places[Name(rejected)]);
            return islands.First(a) == islands.First(b) ? fit?.WinProbability(a, b).Value : null;
        }

        private static string Name(Candidate output) => $"{output.Key.Model} {output.Id}";
    }
}
