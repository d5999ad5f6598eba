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

    private readonly PairConfidence? confidence;

    /// <summary>How sure it is that people prefer the chosen output; by <see cref="ConfidenceMethod.Beta11"/> unless set.</summary>
    public PairConfidence Confidence
    {
        get => confidence ?? new(PairVotes.Of(this).Confidence, ConfidenceMethod.Beta11);
        init => confidence = value;
    }

    /// <summary>
    /// The longer text's length over the shorter one's, in UTF-16 units, whichever is chosen: 1 or more; 1 where both are empty, infinite where one is.
    /// </summary>
    public double LengthRatio
    {
        get
        {
            double longer = Math.Max(Chosen.Text.Length, Rejected.Text.Length);
            return longer == 0 ? 1 : longer / Math.Min(Chosen.Text.Length, Rejected.Text.Length);
        }
    }

    /// <summary>Whether both outputs' licences are open (<see cref="OpenLicense"/>).</summary>
    public bool OpenWeights => Chosen.OpenWeights && Rejected.OpenWeights;

    internal double[] CommonDifferences() =>
        [
            .. Chosen
                .GraderOveralls.Where(g => Rejected.GraderOveralls.ContainsKey(g.Key))
                .Select(g => g.Value - Rejected.GraderOveralls[g.Key]),
        ];

    internal static PreferencePair Of(Candidate higher, Candidate lower) =>
        new(higher.Key.Challenge, higher, lower, higher.Overall - lower.Overall, higher.CommonGraders(lower));
}
