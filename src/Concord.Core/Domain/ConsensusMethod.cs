namespace Concord.Core.Domain;

/// <summary>How the scores of several graders become one.</summary>
public enum ConsensusMethod
{
    /// <summary>The median; of nominal data the mode, lowest first.</summary>
    Median,

    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The mean without a share of the scores at either end.</summary>
    Trimmed,

    /// <summary>The mean weighted by the graders' declared weights.</summary>
    Weighted,
}
