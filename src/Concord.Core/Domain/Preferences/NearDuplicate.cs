namespace Concord.Core.Domain.Preferences;

/// <summary>Whether two texts are the same apart from small changes.</summary>
public static class NearDuplicate
{
    /// <summary>
    /// Equal after whitespace and comment normalisation, or a Jaccard similarity of at least 0.95 between their sets of
    /// five-token shingles. A token is a run of letters, digits and <c>_</c>, or one other visible character. O(n log n).
    /// </summary>
    /// <remarks>
    /// Source: Broder (1997), "On the resemblance and containment of documents", sections 2 and 3. Comments are
    /// <c>&lt;!-- --&gt;</c>, <c>/* */</c> and <c>//</c> to the end of the line; the last two not within a word or right
    /// after a quote, so that addresses and patterns such as <c>image/*</c> stay. Tokens are compared by 64-bit digests.
    /// </remarks>
    /// <param name="a">One text.</param>
    /// <param name="b">The other text.</param>
    /// <returns>True for near duplicates; two texts without any token are equal.</returns>
    public static bool Between(string a, string b) => Between(TokenTrace.Of(a), TokenTrace.Of(b));

    internal static bool Between(TokenTrace a, TokenTrace b)
    {
        if (a.Tokens.AsSpan().SequenceEqual(b.Tokens))
            return true;
        var (common, i, j) = (0L, 0, 0);
        while (i < a.Shingles.Length && j < b.Shingles.Length)
        {
            var order = a.Shingles[i].CompareTo(b.Shingles[j]);
            if (order == 0)
                common++;
            if (order <= 0)
                i++;
            if (order >= 0)
                j++;
        }
        var union = a.Shingles.Length + b.Shingles.Length - common;
        return 20 * common >= 19 * union;
    }
}
