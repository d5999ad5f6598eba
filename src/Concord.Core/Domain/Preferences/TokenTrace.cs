namespace Concord.Core.Domain.Preferences;

/// <summary>What is left of a text to compare it by: its tokens without comments and whitespace, and their shingles.</summary>
/// <param name="Tokens">The digest of each token, in order.</param>
/// <param name="Shingles">The distinct digests of five tokens in a row, sorted; of all tokens where there are fewer.</param>
internal sealed record TokenTrace(ulong[] Tokens, ulong[] Shingles)
{
    private const int Width = 5;
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static TokenTrace Of(string text)
    {
        var tokens = new List<ulong>();
        var unclosed = new Unclosed();
        for (var i = 0; i < text.Length; )
        {
            var end = CommentEnd(text, i, ref unclosed);
            if (end == i && !char.IsWhiteSpace(text[i]))
                tokens.Add(Digest(text.AsSpan(i, (end = TokenEnd(text, i)) - i)));
            i = Math.Max(end, i + 1);
        }
        ulong[] all = [.. tokens];
        return new(all, ShinglesOf(all));
    }

    private static int TokenEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && InWord(text[end]))
            end++;
        return Math.Max(end, start + 1);
    }

    /// <summary>The end of the comment that begins here; the same place where none does.</summary>
    private static int CommentEnd(string text, int start, ref Unclosed unclosed)
    {
        var rest = text.AsSpan(start);
        if (rest.StartsWith("<!--"))
            return unclosed.Markup ? start : After(text, start + 4, "-->", start, out unclosed.Markup);
        if (rest[0] != '/' || !MayBeginComment(text, start))
            return start;
        if (rest.StartsWith("/*"))
            return unclosed.Block ? start : After(text, start + 2, "*/", start, out unclosed.Block);
        return rest.StartsWith("//") ? After(text, start + 2, "\n", text.Length, out _) : start;
    }

    private static bool MayBeginComment(string text, int start) =>
        start == 0 || !(InWord(text[start - 1]) || ":'\"`/*\\".Contains(text[start - 1]));

    private static int After(string text, int from, string mark, int none, out bool isAbsent)
    {
        var at = text.IndexOf(mark, from, StringComparison.Ordinal);
        isAbsent = at < 0;
        return isAbsent ? none : at + mark.Length;
    }

    // Where no end follows, none follows any later beginning: looking again each time would be quadratic.
    private struct Unclosed
    {
        public bool Markup;
        public bool Block;
    }

    private static bool InWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static ulong[] ShinglesOf(ulong[] tokens)
    {
        if (tokens.Length <= Width)
            return tokens.Length == 0 ? [] : [Combined(tokens)];
        var shingles = new ulong[tokens.Length - Width + 1];
        for (var i = 0; i < shingles.Length; i++)
            shingles[i] = Combined(tokens.AsSpan(i, Width));
        Array.Sort(shingles);
        return [.. shingles.Distinct()];
    }

    // FNV-1a (Fowler, Noll and Vo), 64 bits, over UTF-16 units: the same on every machine, unlike string.GetHashCode.
    private static ulong Digest(ReadOnlySpan<char> token)
    {
        var hash = Offset;
        foreach (var c in token)
            hash = unchecked((hash ^ c) * Prime);
        return hash;
    }

    private static ulong Combined(ReadOnlySpan<ulong> tokens)
    {
        var hash = Offset;
        foreach (var token in tokens)
        {
            hash = unchecked((hash ^ token) * Prime);
            hash ^= hash >> 29;
        }
        return hash;
    }
}
