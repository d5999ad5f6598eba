namespace Concord.Core.Domain.Replies;

/// <summary>A fenced block of a reply: places in its text, so that only the blocks that count are copied.</summary>
/// <param name="Line">The line of the opening fence, 1-based.</param>
/// <param name="Before">The nearest line above that is not blank and in no block; empty where there is none.</param>
/// <param name="Info">What stands behind the opening fence, trimmed.</param>
/// <param name="Content">The lines between the fences.</param>
/// <param name="Indent">How far the opening fence is indented: 0 to 3, taken off every line of the content.</param>
/// <param name="Closed">Whether there is a closing fence.</param>
internal readonly record struct FencedBlock(int Line, Range Before, Range Info, Range Content, int Indent, bool Closed)
{
    /// <summary>More blocks than this are not read.</summary>
    public const int Most = 10_000;

    /// <summary>
    /// Every fenced block, by CommonMark 0.31.2, section 4.5: three or more backticks or tildes, closed by at least as many
    /// of the same. In a block of Markdown, a fence with an info string opens an inner block, where the reply then still
    /// comes to an end: models nest fences without making the outer ones longer.
    /// </summary>
    /// <param name="text">The reply, with LF line ends.</param>
    /// <returns>The blocks, at most one more than <see cref="Most"/>.</returns>
    public static List<FencedBlock> Of(string text)
    {
        var blocks = new List<FencedBlock>();
        var (position, line, nests) = (0, 0, true);
        Range before = 0..0;
        while (position < text.Length && blocks.Count <= Most)
        {
            var end = LineEnd(text, position);
            line++;
            var fence = Fence.Of(text.AsSpan(position, end - position));
            if (fence.Length == 0)
            {
                if (!text.AsSpan(position, end - position).IsWhiteSpace())
                    before = position..end;
                position = end + 1;
                continue;
            }
            var info = (position + fence.InfoStart)..end;
            var start = Math.Min(end + 1, text.Length);
            (int ContentEnd, int Next, int Lines)? close = null;
            if (nests && IsMarkdown(text, before, info))
            {
                close = Close(text, start, fence, nested: true);
                // One that finds no end would be searched to the end of the reply again and again.
                nests = close is not null;
            }
            close ??= Close(text, start, fence, nested: false);
            var (contentEnd, next, lines) = close ?? (text.Length, text.Length, 0);
            blocks.Add(new(line, before, info, start..contentEnd, fence.Indent, close is not null));
            (before, position, line) = (0..0, next, line + lines);
        }
        return blocks;
    }

    private static (int ContentEnd, int Next, int Lines)? Close(string text, int start, Fence fence, bool nested)
    {
        var (depth, lines) = (0, 0);
        for (var position = start; position < text.Length; lines++)
        {
            var end = LineEnd(text, position);
            var inner = Fence.Of(text.AsSpan(position, end - position));
            if (inner.Length >= fence.Length && inner.Mark == fence.Mark && !inner.HasInfo && depth-- == 0)
                return (position, end + 1, lines + 1);
            if (nested && inner.Length >= fence.Length && inner.Mark == fence.Mark && inner.HasInfo)
                depth++;
            position = end + 1;
        }
        return null;
    }

    private static bool IsMarkdown(string text, Range before, Range info) =>
        text.AsSpan()[info].Trim() is "md" or "markdown"
        || text.AsSpan()[before].TrimEnd("*_`: ").EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    private static int LineEnd(string text, int start) =>
        text.AsSpan(start).IndexOf('\n') is var end && end < 0 ? text.Length : start + end;

    /// <summary>A line that is a fence; its length is 0 where it is none.</summary>
    private readonly record struct Fence(char Mark, int Length, int Indent, int InfoStart, bool HasInfo)
    {
        public static Fence Of(ReadOnlySpan<char> line)
        {
            var indent = 0;
            while (indent < 4 && indent < line.Length && line[indent] == ' ')
                indent++;
            if (indent > 3 || indent >= line.Length || line[indent] is not ('`' or '~'))
                return default;
            var mark = line[indent];
            var length = line[indent..].IndexOfAnyExcept(mark) is var other && other < 0 ? line.Length - indent : other;
            var info = line[(indent + length)..];
            return length < 3 || (mark == '`' && info.Contains('`'))
                ? default
                : new(mark, length, indent, indent + length, !info.IsWhiteSpace());
        }
    }
}
