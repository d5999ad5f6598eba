namespace Concord.Core.Domain.Preferences;

/// <summary>How many values lie in each of some intervals of equal width; those outside are counted beside.</summary>
/// <param name="low">Where the first begins, which is part of it.</param>
/// <param name="high">Where the last ends, which is part of it; above <paramref name="low"/>.</param>
/// <param name="bins">How many there are, 1 or more.</param>
public sealed class Histogram(double low, double high, int bins)
{
    // A margin of 2.2 is 2.2000000000000002 in some rows.
    private const double Slack = 1e-9;

    private readonly long[] _counts = new long[bins];

    /// <summary>Where the first begins.</summary>
    public double Low => low;

    /// <summary>Where the last ends.</summary>
    public double High => high;

    /// <summary>How many values each has.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>How many values are below all.</summary>
    public long Below { get; private set; }

    /// <summary>How many values are above all.</summary>
    public long Above { get; private set; }

    /// <summary>How many values there are, those outside included.</summary>
    public long Total => _counts.Sum() + Below + Above;

    /// <summary>Where one begins.</summary>
    /// <param name="bin">0 for the first; <see cref="Counts"/>' length for the end of the last.</param>
    /// <returns>In the unit of the values.</returns>
    public double Edge(int bin) => low + (high - low) * bin / bins;

    /// <summary>Counts a value.</summary>
    /// <param name="value">A finite one.</param>
    public void Add(double value)
    {
        if (value < low - Slack)
            Below++;
        else if (value > high + Slack)
            Above++;
        else
            _counts[Math.Clamp((int)Math.Floor((value - low) / (high - low) * bins + Slack), 0, bins - 1)]++;
    }
}
