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

    /// <summary>Whether pairs stay whose better output is worse on some criterion; false leaves them out.</summary>
    public bool KeepConflicts { get; init; }

    internal bool EnoughVotes(Candidate candidate) => candidate.Votes >= MinVotes;

    internal bool EnoughCommon(PreferencePair pair) => pair.CommonGraders >= MinCommon;

    internal bool EnoughMargin(PreferencePair pair) => pair.Margin >= MinMargin - Tolerance;

    internal bool GoodEnough(PreferencePair pair) => MinChosen == 0 || pair.Chosen.Overall >= MinChosen - Tolerance;

    internal bool Agrees(PreferencePair pair) => KeepConflicts || !pair.Conflicts;
}
