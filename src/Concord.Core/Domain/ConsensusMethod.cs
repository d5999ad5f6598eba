using Concord.Core.Statistics.RaterModels;

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

    /// <summary>The score given most often, the lowest on a tie: <see cref="RaterModel.Majority"/>.</summary>
    Majority,

    /// <summary>The posterior median of <see cref="RaterModel.Ds"/>; of nominal data its most probable class.</summary>
    Ds,

    /// <summary>The posterior median of <see cref="RaterModel.DsShrunken"/>.</summary>
    DsShrunken,

    /// <summary>The posterior median of <see cref="RaterModel.OneCoin"/>.</summary>
    OneCoin,

    /// <summary>The posterior median of <see cref="RaterModel.Laplace"/>.</summary>
    Laplace,

    /// <summary>The posterior median of <see cref="RaterModel.Mace"/>.</summary>
    Mace,

    /// <summary>The posterior median of <see cref="RaterModel.Glad"/>.</summary>
    Glad,

    /// <summary>The most voted score, votes weighted by <see cref="RaterModel.Wawa"/>.</summary>
    Wawa,

    /// <summary>The most voted score, votes weighted by <see cref="RaterModel.Zbs"/>.</summary>
    Zbs,

    /// <summary>The score without the graders' biases, by restricted maximum likelihood: <see cref="AdditiveBias"/>.</summary>
    Additive,
}
