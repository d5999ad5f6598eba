using System.Text;
using Concord.Core.Domain.Replies;

namespace Concord.Core.Domain.Preferences;

/// <summary>The one form in which a reply's files become a text, whatever form the model chose.</summary>
public static class ReplyRendering
{
    /// <summary>
    /// Each file as <c>**path**</c>, a blank line and a fenced block, sorted by UTF-8 path, a blank line between files. The
    /// fence is longer than any run of backticks inside, the info string is the extension, and the content ends in exactly
    /// one line feed.
    /// </summary>
    /// <param name="files">The files, in any order.</param>
    /// <returns>The text, without a final line feed; empty where there are no files.</returns>
    public static string Of(IEnumerable<ReplyFile> files)
    {
        var sorted = files.Select(f => (Key: Encoding.UTF8.GetBytes(f.Path), File: f)).ToArray();
        Array.Sort(sorted, (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        return string.Join("\n\n", sorted.Select(f => Block(f.File)));
    }

    private static string Block(ReplyFile file)
    {
        var content = file.Content.TrimEnd('\r', '\n');
        var fence = new string('`', Math.Max(3, LongestRun(content) + 1));
        return $"**{file.Path}**\n\n{fence}{InfoString(file.Path)}\n{content}{(content.Length == 0 ? "" : "\n")}{fence}";
    }

    private static int LongestRun(string content)
    {
        var (longest, run) = (0, 0);
        foreach (var c in content)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private static string InfoString(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        var extension = dot < 0 ? "" : name[(dot + 1)..];
        return extension.All(char.IsAsciiLetterOrDigit) ? extension : "";
    }
}
