namespace Concord.Core.Statistics.Comparison;

/// <summary>How the p-value of a test of ranks is found.</summary>
public enum RankTestMethod
{
    /// <summary>Exactly where there are neither ties nor zeros and few values; else as <see cref="NormalWithContinuity"/>.</summary>
    ExactWherePossible,

    /// <summary>By the normal distribution.</summary>
    Normal,

    /// <summary>By the normal distribution, the statistic half a step nearer to its expectation.</summary>
    NormalWithContinuity,
}
