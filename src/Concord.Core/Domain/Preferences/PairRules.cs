namespace Concord.Core.Domain.Preferences;

/// <summary>How preference pairs are chosen. Every limit of 0 means no limit.</summary>
public sealed record PairRules
{
    /// <summary>Scores closer than this, in score units, are equal: sums of weighted scores are not exact.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Which outputs of a challenge are compared.</summary>
    public PairStrategy Strategy { get; init; } = PairStrategy.BestVsRest;

    /// <summary>The votes an output needs, 0 or more; 0 is no limit.</summary>
    public int MinVotes { get; init; } = 2;

    /// <summary>How many graders must have scored both outputs, 0 or more; 0 is no limit.</summary>
    public int MinCommon { get; init; } = 2;

    /// <summary>The smallest difference of the overall scores, in score units, 0 or more; 0 is no limit (ties stay out).</summary>
    public double MinMargin { get; init; } = 0.75;

    /// <summary>The lowest overall score of a chosen output, in score units; 0 is no limit.</summary>
    public double MinChosen { get; init; } = 3.0;

    /// <summary>The most pairs of one challenge, 0 or more; 0 is no limit.</summary>
    public int MaxPerPrompt { get; init; } = 3;

    /// <summary>The lowest confidence, 0 to 1; 0 is no limit, and an undefined confidence is enough for no other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public double MinConfidence
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Where the confidence comes from.</summary>
    public ConfidenceMethod Confidence { get; init; } = ConfidenceMethod.Beta11;

    /// <summary>How many resamples a bootstrapped confidence takes, 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Replicates
    {
        get;
        init =>
            field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one resample.");
    } = 1000;

    /// <summary>The seed of everything random in a selection: of the bootstrapped confidence.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many times longer one text may be than the other, whichever is chosen: 1 or more; 0 is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Neither 0 nor a number from 1.</exception>
    public double MaxLengthRatio
    {
        get;
        init =>
            field =
                value == 0 || (value >= 1 && double.IsFinite(value))
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "0, or a number from 1.");
    }

    /// <summary>
    /// The largest share of all pairs in which one model may be the chosen one, and in which it may be the rejected one: each side for itself, samples
    /// of a model together; 0 to 1, 0 is no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public double MaxModelShare
    {
        get;
        init => field = Share(value);
    }

    /// <summary>Whether only outputs take part whose licence is open (<see cref="OpenLicense"/>).</summary>
    public bool OpenWeightsOnly { get; init; }

    /// <summary>Whether pairs stay whose better output is worse on some criterion; false leaves them out.</summary>
    public bool KeepConflicts { get; init; }

    internal bool EnoughVotes(Candidate candidate) => candidate.Votes >= MinVotes;

    internal bool OpenEnough(Candidate candidate) => !OpenWeightsOnly || candidate.OpenWeights;

    /// <summary>Whether an output may be in a pair: it has enough votes, a licence that is asked for, and a text.</summary>
    /// <param name="candidate">The output.</param>
    public bool TakesPart(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return EnoughVotes(candidate) && OpenEnough(candidate) && candidate.Text.Length > 0;
    }

    internal bool EnoughCommon(PreferencePair pair) => pair.CommonGraders >= MinCommon;

    internal bool EnoughMargin(PreferencePair pair) => pair.Margin >= MinMargin - Tolerance;

    internal bool GoodEnough(PreferencePair pair) => MinChosen == 0 || pair.Chosen.Overall >= MinChosen - Tolerance;

    internal bool Agrees(PreferencePair pair) => KeepConflicts || !pair.Conflicts;

    internal bool SimilarLength(PreferencePair pair) => MaxLengthRatio == 0 || pair.LengthRatio <= MaxLengthRatio + Tolerance;

    internal bool SureEnough(PreferencePair pair) =>
        MinConfidence == 0 || (pair.Confidence is { Method: not null, Value: var value } && value >= MinConfidence - Tolerance);

    private static double Share(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share is from 0 to 1.");
}
