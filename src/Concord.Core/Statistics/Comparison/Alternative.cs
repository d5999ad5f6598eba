namespace Concord.Core.Statistics.Comparison;

/// <summary>What a test holds against "no difference".</summary>
public enum Alternative
{
    /// <summary>The first sample is higher or lower.</summary>
    TwoSided,

    /// <summary>The first sample is higher.</summary>
    Greater,

    /// <summary>The first sample is lower.</summary>
    Less,
}
