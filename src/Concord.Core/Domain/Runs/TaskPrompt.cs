using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Concord.Core.Domain.Runs;

/// <summary>What a model is sent: the challenge's own words, its starter files, and how to answer.</summary>
public static class TaskPrompt
{
    /// <summary>
    /// How to answer. It describes the form and shows none: an example would come back as a file of that name, and a model that
    /// repeats these words must not thereby have written a file.
    /// </summary>
    public const string Instructions =
        "How to answer: give every file that you create or change, each of them whole. For each file write its path, relative and "
        + "with forward slashes, in bold on a line of its own (two asterisks before it and two after it), and right below that line "
        + "one fenced code block with the file's entire content and nothing else. If the content itself has a line of three or more "
        + "backticks, fence it with more backticks than that. Leave out files that you do not change. Do not shorten a file or "
        + "replace parts of it by a remark.\n";

    /// <summary>A starter file up to so many bytes is shown whole.</summary>
    public const int LargestWhole = 32 * 1024;

    private const int Beginning = 4 * 1024;

    /// <summary>The messages of a request.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="starters">Its starter files, sorted.</param>
    /// <param name="system">The system prompt; null for none.</param>
    /// <returns>The system prompt where there is one, and one message of the user.</returns>
    public static IReadOnlyList<Message> Messages(Challenge challenge, IReadOnlyList<StarterFile> starters, string? system)
    {
        var text = new StringBuilder(challenge.Prompt.TrimEnd()).Append("\n\n");
        if (starters.Count > 0)
        {
            text.Append(
                "These files are there already, in the folder of your answer, and stay as they are unless you give them anew:\n\n"
            );
            foreach (var file in starters)
                Append(text, file);
        }
        if (challenge.ProtectedFiles.Count > 0)
            text.Append(
                CultureInfo.InvariantCulture,
                $"What you write for these files is not taken: {string.Join(", ", challenge.ProtectedFiles)}.\n\n"
            );
        text.Append(Instructions);
        var user = new Message("user", text.ToString());
        return system is null ? [user] : [new("system", system), user];
    }

    private static void Append(StringBuilder text, StarterFile file)
    {
        var bytes = file.Bytes.Span;
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.Path} (not text, {bytes.Length} bytes)\n\n");
            return;
        }
        var whole = bytes.Length <= LargestWhole;
        var shown = Encoding.UTF8.GetString(whole ? bytes : bytes[..LineEnd(bytes)]);
        text.Append(CultureInfo.InvariantCulture, $"**{file.Path}**");
        // A file that is shown in part is not to look like a file to repeat.
        if (!whole)
            text.Append(CultureInfo.InvariantCulture, $" has {bytes.Length} bytes; it begins:");
        var fence = Fence(shown);
        text.Append('\n').Append(fence).Append('\n').Append(shown);
        if (shown.Length > 0 && shown[^1] != '\n')
            text.Append('\n');
        text.Append(fence).Append("\n\n");
    }

    // After the last line that fits, else before a character that would be cut.
    private static int LineEnd(ReadOnlySpan<byte> bytes)
    {
        var end = bytes[..Beginning].LastIndexOf((byte)'\n') + 1;
        if (end > 0)
            return end;
        for (end = Beginning; (bytes[end] & 0xC0) == 0x80; end--) { }
        return end;
    }

    private static string Fence(string content)
    {
        var (longest, run) = (0, 0);
        foreach (var c in content)
            longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        return new('`', Math.Max(3, longest + 1));
    }
}
