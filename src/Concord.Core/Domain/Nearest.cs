namespace Concord.Core.Domain;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The candidate with the smallest edit distance (Levenshtein 1966).</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    /// <returns>The nearest candidate, the first on ties; null where none is within half of the word's length plus one.</returns>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(c => (Candidate: c, Distance: Distance(word.ToLowerInvariant(), c.ToLowerInvariant())))
            .OrderBy(c => c.Distance)
            .FirstOrDefault();
        return best.Candidate is not null && best.Distance <= (word.Length / 2) + 1 ? best.Candidate : null;
    }

    /// <summary>The sentence that follows an error about an unknown word.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    /// <returns>"Did you mean …?" or the list of what is known.</returns>
    public static string Hint(string word, IReadOnlyCollection<string> candidates) =>
        To(word, candidates) is { } nearest ? $"Did you mean '{nearest}'?"
        : candidates.Count == 0 ? "None is known here."
        : $"Known here: {string.Join(", ", candidates.Take(12))}{(candidates.Count > 12 ? " …" : "")}.";

    private static int Distance(string a, string b)
    {
        if (a.Length > 200 || b.Length > 200)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
