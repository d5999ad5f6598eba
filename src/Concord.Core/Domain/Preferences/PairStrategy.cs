namespace Concord.Core.Domain.Preferences;

/// <summary>Which two outputs of a challenge are compared. Outputs are ranked by <see cref="CandidateRanking"/>.</summary>
public enum PairStrategy
{
    /// <summary>The first of the ranking against every other.</summary>
    BestVsRest,

    /// <summary>Every two outputs.</summary>
    All,

    /// <summary>The first of the ranking against the last.</summary>
    BestVsWorst,

    /// <summary>Each output against the next of the ranking.</summary>
    Adjacent,
}
