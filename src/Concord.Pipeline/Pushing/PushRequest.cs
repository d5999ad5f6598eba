using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Hub;

namespace Concord.Pipeline.Pushing;

/// <summary>What was asked for, checked before anything is sent.</summary>
/// <param name="Name">The dataset.</param>
/// <param name="Revision">The branch.</param>
/// <param name="Tag">Null for none.</param>
/// <param name="Summary">The message's first line; null for one of Concord's.</param>
/// <param name="Description">Its other lines.</param>
internal sealed partial record PushRequest(DatasetName Name, string Revision, string? Tag, string? Summary, string Description)
{
    // The title of a pull request may have 3 to 200.
    private const int ShortestSummary = 3;
    private const int LongestSummary = 200;

    /// <exception cref="ConcordException">Something of it cannot be.</exception>
    public static PushRequest Of(PushOptions options)
    {
        var revision = options.Revision ?? HubDataset.Main;
        if (!IsRef(revision))
            throw new ConcordException(
                "hub-branch",
                $"'{revision}' cannot be a branch on the Hub.",
                "Give letters, digits, '.', '_', '-' and '/', as in 'main' or 'release/2026'."
            );
        if (CommitId().IsMatch(revision))
            throw new ConcordException(
                "hub-branch",
                $"'{revision}' is a commit, and files are pushed to a branch.",
                "Give the branch with --branch."
            );
        if (options.Tag is { } tag && (!IsRef(tag) || tag.Contains('/', StringComparison.Ordinal)))
            throw new ConcordException(
                "hub-tag",
                $"'{tag}' cannot be a tag.",
                "Give letters, digits, '.', '_' and '-', as in 'v1.0'."
            );
        if (options is { Tag: not null, AsPullRequest: true })
            throw new ConcordException(
                "hub-tag",
                "A pull request is not tagged: what becomes of it is not known yet.",
                "Push without --tag, and tag when it is merged: the same command without --create-pr then only sets the tag."
            );
        var lines = options.Message?.ReplaceLineEndings("\n").Trim().Split('\n', 2);
        return lines is not null && lines[0].Length is < ShortestSummary or > LongestSummary
            ? throw new ConcordException(
                "hub-message",
                $"The message's first line has {lines![0].Length} letters.",
                $"Give it {ShortestSummary} to {LongestSummary}, and put more into the lines after it."
            )
            : new(DatasetName.Of(options.Name), revision, options.Tag, lines?[0], lines is [_, var rest] ? rest.Trim() : "");
    }

    // A part of what git allows, without anything that could be read as an option or a step in a path.
    private static bool IsRef(string name) =>
        Ref().IsMatch(name)
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("//", StringComparison.Ordinal)
        && !name.Contains("/.", StringComparison.Ordinal)
        && !name.Split('/').Any(p => p.EndsWith(".lock", StringComparison.Ordinal) || p.EndsWith('.'));

    [GeneratedRegex(@"^[A-Za-z0-9_](?:[A-Za-z0-9._/-]{0,198}[A-Za-z0-9_-])?\z")]
    private static partial Regex Ref();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex CommitId();
}
