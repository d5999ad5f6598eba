using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.Pipeline.Publishing;

/// <summary>Who commits what CI makes, whatever git is configured for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">The e-mail address.</param>
public sealed partial record CommitAuthor(string Name, string Address)
{
    /// <summary>The account whose commits GitHub shows as those of its workflows.</summary>
    public const string Bot = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>";

    internal IReadOnlyList<(string Name, string Value)> Variables =>
        [
            ("GIT_AUTHOR_NAME", Name),
            ("GIT_AUTHOR_EMAIL", Address),
            ("GIT_COMMITTER_NAME", Name),
            ("GIT_COMMITTER_EMAIL", Address),
        ];

    /// <summary>Reads <c>Name &lt;address&gt;</c>.</summary>
    /// <exception cref="ConcordException">It is not that.</exception>
    public static CommitAuthor Parse(string text) =>
        Form().Match(text) is { Success: true } match
            ? new(match.Groups[1].Value, match.Groups[2].Value)
            : throw new ConcordException(
                "wrong-author",
                $"'{PlainText.Of(text)}' is no author.",
                "Write it as git does: Name <address>."
            );

    // A name of signs alone, git takes for none.
    [GeneratedRegex(@"\A\s*([^<>\p{Cc}]*[\p{L}\p{N}][^<>\p{Cc}]*?)\s*<([^<>\s\p{Cc}]+)>\s*\z")]
    private static partial Regex Form();
}
