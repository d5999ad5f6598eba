using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.Comparison;

/// <summary>How two series of paired values go together.</summary>
public static class Correlation
{
    /// <summary>Pearson's product-moment correlation.</summary>
    /// <remarks>Source: Pearson (1895), Proc. R. Soc. Lond. 58.</remarks>
    /// <param name="a">Finite values.</param>
    /// <param name="b">The values paired with them.</param>
    /// <returns>−1 to 1; null below two pairs, or when one side does not vary.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? Pearson(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"Pairs need as many values on both sides, not {a.Length} and {b.Length}.", nameof(b));
        if (!Varies(a) || !Varies(b))
            return null;
        var (meanA, meanB) = (Mean.Plain(a), Mean.Plain(b));
        double products = 0;
        for (var i = 0; i < a.Length; i++)
            products += (a[i] - meanA) * (b[i] - meanB);
        var scale = Math.Sqrt(Spread.SquaresAround(a, meanA)) * Math.Sqrt(Spread.SquaresAround(b, meanB));
        return Finite.OrNull(products / scale) is { } r ? Math.Clamp(r, -1, 1) : null;
    }

    /// <summary>Spearman's rank correlation: Pearson's of the mid-ranks.</summary>
    /// <remarks>Source: Spearman (1904), "The Proof and Measurement of Association between Two Things", Am. J. Psychol. 15(1).</remarks>
    /// <param name="a">Finite values.</param>
    /// <param name="b">The values paired with them.</param>
    /// <returns>−1 to 1; null below two pairs, or when one side does not vary.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? Spearman(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Pearson(MidRanks.Of(a), MidRanks.Of(b));

    /// <summary>Kendall's rank correlation tau-b: concordant less discordant pairs, ties on either side taken out of the scale. O(n log n).</summary>
    /// <remarks>Source: Kendall (1945), "The Treatment of Ties in Ranking Problems", Biometrika 33(3); the counting is Knight's (1966),
    /// "A Computer Method for Calculating Kendall's Tau with Ungrouped Data", J. Am. Stat. Assoc. 61(314).</remarks>
    /// <param name="a">Finite values.</param>
    /// <param name="b">The values paired with them.</param>
    /// <returns>−1 to 1; null below two pairs, or when one side does not vary.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double? Kendall(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"Pairs need as many values on both sides, not {a.Length} and {b.Length}.", nameof(b));
        return Varies(a) && Varies(b) ? KendallTau.B(a, b) : null;
    }

    private static bool Varies(ReadOnlySpan<double> values) => values.Length > 0 && values.ContainsAnyExcept(values[0]);
}
