using System.Text;

namespace Concord.Core.Domain.Replies;

/// <summary>
/// Takes the files out of a model's raw reply: fenced blocks (<see cref="FencedBlock"/>) that have a name. Of several ways to
/// name them the first counts, and a weaker one is read only where the whole reply has no block of a stronger one:
/// <list type="number">
/// <item>the line above: <c>**name**</c>, <c>### name</c>, <c>`name`:</c>, <c>name:</c>;</item>
/// <item>for a block without such a line, the info string: <c>js:name</c>, <c>js title="name"</c>;</item>
/// <item>where none of these names any block: the first line, a comment of nothing but the name;</item>
/// <item>where that names none either: the one block in the language of the one expected file of it.</item>
/// </list>
/// </summary>
public static class ReplyFiles
{
    /// <summary>The longest reply, in characters.</summary>
    public const int LongestReply = 32 * 1024 * 1024;

    /// <summary>The largest file, in UTF-8 bytes.</summary>
    public const int LargestFile = 4 * 1024 * 1024;

    /// <summary>All files together, in UTF-8 bytes.</summary>
    public const int LargestTotal = 16 * 1024 * 1024;

    /// <summary>The most files.</summary>
    public const int MostFiles = 200;

    /// <summary>Takes a reply apart. O(length).</summary>
    /// <param name="reply">The raw reply, with any line ends.</param>
    /// <param name="challenge">What the challenge asks for; null where nothing is known.</param>
    /// <param name="complete">
    /// Whether the model said that it had finished. Then a last block without a closing fence is taken as it is; else, cut off
    /// by a token limit or of unknown end, it is a failure.
    /// </param>
    /// <returns>
    /// The files, of one named twice the last, without protected ones; or the reason why there are none: no named block, a
    /// name that is refused (<see cref="ReplyPath"/>), a block that is cut off, more than the bounds allow.
    /// </returns>
    public static Reply Parse(string reply, ChallengeFiles? challenge = null, bool complete = false)
    {
        challenge ??= ChallengeFiles.None;
        if (string.IsNullOrWhiteSpace(reply))
            return Failed("The reply is empty.");
        if (reply.Length > LongestReply)
            return Failed($"The reply is longer than {LongestReply:#,0} characters.");
        var text = reply.Contains('\r', StringComparison.Ordinal)
            ? reply.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : reply;
        var blocks = FencedBlock.Of(text);
        if (blocks.Count > FencedBlock.Most)
            return Failed($"The reply has more than {FencedBlock.Most:#,0} fenced blocks.");
        var notes = new List<string>();
        var named = Named(text, blocks, challenge, notes);
        return named.Count == 0 ? Failed(WhyNone(blocks.Count)) : Taken(text, named, challenge, complete, notes);
    }

    private static Reply Taken(
        string text,
        List<(string Name, FencedBlock Block)> named,
        ChallengeFiles challenge,
        bool complete,
        List<string> notes
    )
    {
        var blocks = new SortedDictionary<string, FencedBlock>(StringComparer.Ordinal);
        var left = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, block) in named)
        {
            if (ReplyPath.Mistake(name) is { } mistake)
                return Failed($"The reply's file name '{Shown(name)}' (line {block.Line}) {mistake}.");
            if (!block.Closed && !complete)
                return Failed($"The reply is cut off: the block of '{name}' on line {block.Line} has no end.");
            if (!block.Closed && HoldsAnother(text, block))
                return Failed($"The block of '{name}' on line {block.Line} has no end before the next file.");
            if (!block.Closed)
                notes.Add(
                    $"The last block, of '{name}', has no closing fence; the model had finished, so it was taken as it is."
                );
            if (challenge.Protects(name))
                left.Add(name);
            else
                blocks[name] = block;
            if (blocks.Count > MostFiles)
                return Failed($"The reply has more than {MostFiles} files.");
        }
        notes.AddRange(left.Take(10).Select(n => $"'{n}' is protected, and the reply's was left out."));
        if (blocks.Count == 0)
            return Failed(
                $"The reply writes nothing but files that the challenge protects: {string.Join(", ", left.Take(3))}.",
                notes
            );
        if (Clash(blocks.Keys) is { } clash)
            return Failed(clash, notes);
        if (challenge.Expected.Count > 0 && !challenge.Expected.Any(blocks.ContainsKey))
            notes.Add($"The reply writes none of the files asked for ({string.Join(", ", challenge.Expected.Take(5))}).");

        var (files, total) = (new List<ReplyFile>(blocks.Count), 0L);
        foreach (var (name, block) in blocks)
        {
            var content = Content(text, block);
            var size = Encoding.UTF8.GetByteCount(content);
            if (size > LargestFile)
                return Failed($"The reply's file '{name}' is larger than {LargestFile:#,0} bytes.", notes);
            if ((total += size) > LargestTotal)
                return Failed($"The reply's files are together larger than {LargestTotal:#,0} bytes.", notes);
            files.Add(new(name, content));
        }
        return new(files, null, notes);
    }

    private static List<(string Name, FencedBlock Block)> Named(
        string text,
        List<FencedBlock> blocks,
        ChallengeFiles challenge,
        List<string> notes
    )
    {
        List<(string, FencedBlock)> By(Func<FencedBlock, string?> name) =>
            [.. blocks.Select(b => (Name: name(b), b)).Where(n => n.Name is not null).Select(n => (n.Name!, n.b))];

        var strong = By(b => BlockName.OfLine(text.AsSpan()[b.Before]) ?? BlockName.OfInfo(text.AsSpan()[b.Info]));
        if (strong.Count > 0)
            return strong;
        if (By(b => BlockName.OfComment(text.AsSpan()[b.Content])) is { Count: > 0 } commented)
            return commented;
        var fitting = blocks
            .SelectMany(
                b =>
                    challenge.Expected.Where(e =>
                        !challenge.Protects(e) && BlockName.Fits(e, text.AsSpan()[b.Info], text.AsSpan()[b.Content])
                    ),
                (b, e) => (e, b)
            )
            .Take(2)
            .ToList();
        if (fitting.Count != 1)
            return [];
        notes.Add($"The reply names no file; its one block of that language was taken as '{fitting[0].e}'.");
        return fitting;
    }

    private static Reply Failed(string reason, List<string>? notes = null) => new([], reason, notes ?? []);

    private static string WhyNone(int blocks) =>
        blocks == 0 ? "The reply holds no fenced block."
        : blocks == 1 ? "The reply names no file: no line **name** stands before its fenced block."
        : $"The reply names no file: no line **name** stands before any of its {blocks} fenced blocks.";

    // What has no closing fence goes to the end of the reply, and may have swallowed other files on the way.
    private static bool HoldsAnother(string text, FencedBlock block)
    {
        var content = text[block.Content];
        return FencedBlock.Of(content).Exists(b => BlockName.OfLine(content.AsSpan()[b.Before]) is not null);
    }

    // A block that the end of the reply closes ends in a line feed like any other.
    private static string Content(string text, FencedBlock block)
    {
        var content = text[block.Content];
        if (block.Indent > 0)
            content = string.Join('\n', content.Split('\n').Select(l => l[Math.Min(block.Indent, Indent(l))..]));
        return content.Length == 0 || content[^1] == '\n' ? content : content + '\n';
    }

    private static int Indent(string line) =>
        line.AsSpan().IndexOfAnyExcept(' ') is var indent && indent < 0 ? line.Length : indent;

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

    private static string Shown(string name) =>
        string.Concat((name.Length > 40 ? name[..40] + "…" : name).Select(c => char.IsControl(c) ? '�' : c));
}
