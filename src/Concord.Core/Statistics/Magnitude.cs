namespace Concord.Core.Statistics;

/// <summary>Values without their unit, for statistics that do not depend on it.</summary>
internal static class Magnitude
{
    /// <summary>Brings values to below 2 in size, so that no square can overflow: by a power of two, so that no digit changes.</summary>
    /// <param name="values">Finite, ascending.</param>
    public static double[] Scaled(IReadOnlyList<double> values)
    {
        var largest = values.Count == 0 ? 0 : Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        return largest > 0 ? [.. values.Select(v => Math.ScaleB(v, -Math.ILogB(largest)))] : [.. values];
    }
}
