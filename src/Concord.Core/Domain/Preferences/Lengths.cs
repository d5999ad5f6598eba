using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Preferences;

/// <summary>How long the texts of a column are.</summary>
public sealed class Lengths
{
    /// <summary>How many characters a token has on average, of English and of code; no more than an estimate.</summary>
    public const int CharsPerToken = 4;

    /// <summary>Where TRL's trainers cut a row off, or leave it out, unless they are told otherwise, in tokens.</summary>
    public const int DefaultMaxTokens = 1024;

    private readonly List<int> _chars = [];

    /// <summary>How many there are.</summary>
    public int Count => _chars.Count;

    internal IReadOnlyList<int> Chars => _chars;

    /// <summary>An estimate of a text's tokens.</summary>
    /// <param name="chars">Its length in UTF-16 units, 0 or more.</param>
    /// <returns>A quarter of it, rounded up.</returns>
    public static long Tokens(long chars) => (chars + CharsPerToken - 1) / CharsPerToken;

    /// <summary>The length that a share of the texts does not reach.</summary>
    /// <param name="shares">0, the shortest, to 1, the longest.</param>
    /// <returns>In characters, one a share; null where there are no texts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside 0 to 1.</exception>
    public IReadOnlyList<double?> Percentiles(params IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        double[] values = [.. _chars.Select(c => (double)c)];
        return [.. shares.Select(s => Quantile.Of(values, s))];
    }

    internal void Add(int chars) => _chars.Add(chars);
}
