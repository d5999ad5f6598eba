namespace Concord.Core.Statistics;

/// <summary>What the numbers of a scale mean, and so which differences between two grades count.</summary>
/// <remarks>Source: Stevens (1946), "On the Theory of Scales of Measurement".</remarks>
public enum MeasurementLevel
{
    /// <summary>Names without an order: two grades are equal or not.</summary>
    Nominal,

    /// <summary>An order without distances.</summary>
    Ordinal,

    /// <summary>Equal distances, no natural zero.</summary>
    Interval,

    /// <summary>Equal distances and a natural zero.</summary>
    Ratio,
}
