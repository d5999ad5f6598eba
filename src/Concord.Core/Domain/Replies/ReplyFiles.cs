using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Replies;

/// <summary>
/// Takes the files out of a model's raw reply. The shape that is read: a line <c>**name**</c>, blank lines or none, then a
/// fenced block of three or more backticks, which ends at a fence at least as long (CommonMark 0.31.2, section 4.5).
/// </summary>
public static partial class ReplyFiles
{
    /// <summary>Takes a reply apart.</summary>
    /// <param name="reply">The raw reply, with any line ends.</param>
    /// <returns>
    /// The files, of one named twice the last; or the reason why there are none: a reply of another shape, a name that is
    /// refused (<see cref="ReplyPath"/>), a block that is cut off.
    /// </returns>
    public static Reply Parse(string reply)
    {
        if (string.IsNullOrWhiteSpace(reply))
            return Failed("The reply is empty.");
        var blocks = Blocks(reply.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n'));
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var block in blocks.Where(b => b.Name is not null))
        {
            if (ReplyPath.Mistake(block.Name!) is { } mistake)
                return Failed($"The reply's file name '{Shown(block.Name!)}' (line {block.Line}) {mistake}.");
            if (!block.Closed)
                return Failed($"The reply is cut off: the block of '{block.Name}' on line {block.Line} has no end.");
            files[block.Name!] = block.Content;
        }
        if (files.Count == 0)
            return Failed(WhyNone(blocks));
        return Clash(files.Keys) is { } clash ? Failed(clash) : new([.. files.Select(f => new ReplyFile(f.Key, f.Value))], null);
    }

    private static Reply Failed(string reason) => new([], reason);

    private static string WhyNone(List<Block> blocks) =>
        blocks.Count == 0 ? "The reply holds no fenced block."
        : blocks.Count == 1 ? "The reply names no file: no line **name** stands before its fenced block."
        : $"The reply names no file: no line **name** stands before any of its {blocks.Count} fenced blocks.";

    // A file and a folder cannot have the same name; nor, on some systems, two files that differ in case only.
    private static string? Clash(IEnumerable<string> paths)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var all = paths.ToArray();
        foreach (var path in all)
            if (!names.TryAdd(path, path))
                return $"The reply's file names '{names[path]}' and '{path}' differ in case only.";
        foreach (var path in all)
            for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
                if (names.TryGetValue(path[..slash], out var file))
                    return $"The reply uses '{file}' both as a file and as the folder of '{path}'.";
        return null;
    }

    // Every fenced block, named or not: what stands inside a block is never read as a name.
    private static List<Block> Blocks(string[] lines)
    {
        var blocks = new List<Block>();
        string? name = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (Opening().Match(lines[i]) is { Success: true } opening)
            {
                var end = i + 1;
                while (end < lines.Length && !Closes(lines[end], opening.Groups[1].Length))
                    end++;
                var content = string.Concat(lines[(i + 1)..end].Select(l => l + '\n'));
                blocks.Add(new(name, i + 1, content, Closed: end < lines.Length));
                (name, i) = (null, end);
            }
            else if (NameLine().Match(lines[i]) is { Success: true } named)
            {
                name = NameIn(named.Groups[1].Value.Trim());
            }
            else if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                name = null;
            }
        }
        return blocks;
    }

    // "**Explanation:**" is a heading, no file. "./index.html" is index.html.
    private static string? NameIn(string bold) =>
        bold.EndsWith(':') ? null
        : bold.StartsWith("./", StringComparison.Ordinal) ? bold[2..]
        : bold;

    private static bool Closes(string line, int length) =>
        Closing().Match(line) is { Success: true } closing && closing.Groups[1].Length >= length;

    private static string Shown(string name) =>
        string.Concat((name.Length > 40 ? name[..40] + "…" : name).Select(c => char.IsControl(c) ? '�' : c));

    [GeneratedRegex(@"\A {0,3}\*\*([^*]*)\*\*[ \t]*\z")]
    private static partial Regex NameLine();

    [GeneratedRegex(@"\A {0,3}(`{3,})[^`]*\z")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\A {0,3}(`{3,})[ \t]*\z")]
    private static partial Regex Closing();

    private sealed record Block(string? Name, int Line, string Content, bool Closed);
}
