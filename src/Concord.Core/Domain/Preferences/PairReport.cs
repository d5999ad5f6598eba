namespace Concord.Core.Domain.Preferences;

/// <summary>What one rule left out.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Before">How many outputs or pairs it saw.</param>
/// <param name="Removed">How many of these it left out.</param>
public readonly record struct RuleCount(PairRule Rule, int Before, int Removed)
{
    /// <summary>Whether it counts outputs (<see cref="PairRule.Votes"/>, <see cref="PairRule.OpenWeights"/>, <see cref="PairRule.Empty"/>); the other rules count pairs.</summary>
    public bool OfOutputs => Rule is PairRule.Votes or PairRule.OpenWeights or PairRule.Empty;
}

/// <summary>How a selection of pairs came about.</summary>
/// <param name="Rules">The rules that were applied.</param>
/// <param name="Challenges">Challenges among the candidates.</param>
/// <param name="Candidates">Outputs given.</param>
/// <param name="Counts">What each rule left out, one entry a rule, in the order applied.</param>
/// <param name="Pairs">Pairs selected.</param>
/// <param name="Models">Models on either side of these pairs; the samples of a model count once.</param>
/// <param name="EmptiedBy">Where no pair is left, the first rule that left none; null where pairs are left, and where no
/// challenge has two outputs to compare.</param>
/// <param name="Nearest">Where no pair is left, these rules with the fewest and smallest limits lowered so that at least
/// one is, and the strategy <see cref="PairStrategy.All"/> where no limits would do; null where pairs are left, and where
/// nothing would do (every two outputs of a challenge are a tie or duplicates).</param>
/// <param name="DifferentPrompts">Pairs whose two models were asked differently, so that the challenge's own prompt
/// stands in the dataset; 0 or more.</param>
public sealed record PairReport(
    PairRules Rules,
    int Challenges,
    int Candidates,
    IReadOnlyList<RuleCount> Counts,
    int Pairs,
    int Models,
    PairRule? EmptiedBy,
    PairRules? Nearest,
    int DifferentPrompts
)
{
    /// <summary>Pairs with a score on either side that a lead decided; 0 or more.</summary>
    public int Adjudicated { get; init; }

    /// <summary>What a rule left out.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Outputs or pairs, see <see cref="RuleCount.OfOutputs"/>; 0 or more.</returns>
    public int Removed(PairRule rule) => Counts.Single(c => c.Rule == rule).Removed;
}
