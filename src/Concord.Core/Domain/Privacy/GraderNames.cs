using System.Buffers;

namespace Concord.Core.Domain.Privacy;

/// <summary>
/// The names of people in a text: whole words in any case, with or without their accents, the words of a name joined by whatever joins words, the last word
/// also first. A part of a name of several words counts where it is written with a capital. In scripts without spaces a name may stand anywhere.
/// </summary>
internal sealed class GraderNames
{
    private const int ShortestPart = 3;
    private const int ShortestJoined = 6;
    private const int WidestGap = 3;
    private static readonly SearchValues<char> Joints = SearchValues.Create(" \t\r\n.,_-'’@+");

    private readonly Dictionary<string, List<string[]>> sequences = new(StringComparer.Ordinal);
    private readonly HashSet<string> parts = new(StringComparer.Ordinal);
    private readonly HashSet<string> unspaced = new(StringComparer.Ordinal);

    public GraderNames(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var text = ReadableText.OfLetters(name);
            string[] words = [.. Words(text.Text).Select(w => text.Text[w])];
            // A name of one letter would take every such letter with it.
            if (words.Sum(w => w.Length) < 2)
                continue;
            if (words.All(w => w.All(IsUnspaced)))
                unspaced.Add(string.Concat(words));
            Add(words);
            if (words.Length == 1)
                continue;
            Add([words[^1], .. words[..^1]]);
            if (words.Sum(w => w.Length) >= ShortestJoined)
                Add([string.Concat(words)]);
            var written = Words(text.Text).Select(w => name[text.OriginOf(w.Start.Value)]);
            if (written.All(char.IsUpper))
                parts.UnionWith(words.Where(w => w.Length >= ShortestPart && w.All(char.IsLetter)));
        }
    }

    public IEnumerable<SensitiveSpan> In(string original)
    {
        var text = ReadableText.OfLetters(original);
        Range[] words = [.. Words(text.Text)];
        for (var i = 0; i < words.Length; )
        {
            var word = text.Text[words[i]];
            var length = sequences.TryGetValue(word, out var known)
                ? known.Where(s => Follows(text.Text, words, i, s)).Select(s => s.Length).DefaultIfEmpty().Max()
                : 0;
            if (length == 0 && parts.Contains(word) && char.IsUpper(original[text.OriginOf(words[i].Start.Value)]))
                length = 1;
            if (length > 0)
                yield return Span(words[i].Start.Value, words[i + length - 1].End.Value);
            i += Math.Max(length, 1);
        }
        foreach (var name in unspaced)
            for (var at = 0; (at = text.Text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
                yield return Span(at, at + name.Length);

        SensitiveSpan Span(int start, int end) => text.Span(start, end, SensitiveKind.Grader);
    }

    private void Add(string[] sequence)
    {
        if (!sequences.TryGetValue(sequence[0], out var known))
            sequences.Add(sequence[0], known = []);
        known.Add(sequence);
    }

    private static bool Follows(string text, Range[] words, int first, string[] sequence)
    {
        if (first + sequence.Length > words.Length)
            return false;
        for (var k = 1; k < sequence.Length; k++)
        {
            var gap = text.AsSpan()[words[first + k - 1].End.Value..words[first + k].Start.Value];
            if (
                gap.Length > WidestGap
                || gap.ContainsAnyExcept(Joints)
                || !text.AsSpan()[words[first + k]].SequenceEqual(sequence[k])
            )
                return false;
        }
        return true;
    }

    private static IEnumerable<Range> Words(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsWord(text[i]))
                continue;
            var start = i;
            while (i < text.Length && IsWord(text[i]))
                i++;
            yield return start..i;
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);

    // Thai to Khmer, Japanese, Chinese, Korean (whose particles are joined to names).
    private static bool IsUnspaced(char c) =>
        c
            is >= '\u0E00'
                and <= '\u109F'
                or >= '\u1100'
                and <= '\u11FF'
                or >= '\u1780'
                and <= '\u17FF'
                or >= '\u3040'
                and <= '\u9FFF'
                or >= '\uAC00'
                and <= '\uD7AF'
                or >= '\uF900'
                and <= '\uFAFF';
}
