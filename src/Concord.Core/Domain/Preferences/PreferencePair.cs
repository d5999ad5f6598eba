namespace Concord.Core.Domain.Preferences;

/// <summary>Two outputs of one challenge, of which people prefer one.</summary>
/// <param name="Challenge">The challenge of both.</param>
/// <param name="Chosen">The better output.</param>
/// <param name="Rejected">The other output.</param>
/// <param name="Margin">The difference of the overall scores in score units, above 0 in every selected pair.</param>
/// <param name="CommonGraders">How many graders scored both, 0 or more.</param>
public sealed record PreferencePair(ChallengeId Challenge, Candidate Chosen, Candidate Rejected, double Margin, int CommonGraders)
{
    /// <summary>Whether the two overall scores are equal within <see cref="PairRules.Tolerance"/>.</summary>
    public bool Tie => Margin <= PairRules.Tolerance;

    /// <summary>
    /// Whether the chosen output is worse on some criterion. A criterion without a consensus on either side says nothing.
    /// </summary>
    public bool Conflicts =>
        Chosen
            .Criteria.Zip(Rejected.Criteria)
            .Any(c => c.First is { } better && c.Second is { } worse && better < worse - PairRules.Tolerance);

    internal static PreferencePair Of(Candidate higher, Candidate lower) =>
        new(higher.Key.Challenge, higher, lower, higher.Overall - lower.Overall, higher.CommonGraders(lower));
}
