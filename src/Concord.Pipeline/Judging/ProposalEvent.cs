using System.Text.Json;
using Concord.Core.Domain;

namespace Concord.Pipeline.Judging;

/// <summary>Reads the file of <c>GITHUB_EVENT_PATH</c>, which GitHub writes and no pull request can.</summary>
public static class ProposalEvent
{
    private const int LargestFile = 25 * 1024 * 1024;
    private const int IdLength = 40;
    private const int LongIdLength = 64;

    /// <summary>The pull request of an event <c>pull_request</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null where the event is about something else.</returns>
    /// <exception cref="ConcordException">It cannot be read, or is no such event.</exception>
    public static Proposal? Read(string path)
    {
        using var document = Open(path);
        var root = document.RootElement;
        if (Member(root, "pull_request") is not { } request)
            return null;
        var repository = Text(root, "repository", "full_name");
        return new(
            Id(Text(request, "base", "sha")) ?? throw Wrong(path, "pull_request.base.sha"),
            Id(Text(request, "head", "sha")) ?? throw Wrong(path, "pull_request.head.sha")
        )
        {
            Repository = repository,
            Number =
                Member(request, "number") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out var number)
                    ? number
                    : null,
            Author = Text(request, "user", "login"),
            IsFromInside =
                repository is not null
                && string.Equals(Text(request, "head", "repo", "full_name"), repository, StringComparison.OrdinalIgnoreCase),
            IsForAnotherBranch =
                Text(root, "repository", "default_branch") is { } usual
                && Text(request, "base", "ref") is { } into
                && into != usual,
            IsDraft = Member(request, "draft") is { ValueKind: JsonValueKind.True },
        };
    }

    /// <summary>The run of an event <c>workflow_run</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConcordException">It cannot be read, or is no such event.</exception>
    internal static FinishedRun ReadRun(string path)
    {
        using var document = Open(path);
        var root = document.RootElement;
        var run = Member(root, "workflow_run") ?? throw Wrong(path, "workflow_run");
        return new(
            Text(root, "repository", "full_name") ?? throw Wrong(path, "repository.full_name"),
            Text(run, "event") ?? throw Wrong(path, "workflow_run.event"),
            Id(Text(run, "head_sha")) ?? throw Wrong(path, "workflow_run.head_sha"),
            Text(run, "head_branch") ?? "",
            // Null where the fork is gone.
            Text(run, "head_repository", "full_name") ?? "",
            Text(run, "html_url")
        );
    }

    private static JsonDocument Open(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > LargestFile)
                throw new ConcordException(
                    "wrong-event",
                    "The file is too large to be an event.",
                    "Name the file of GITHUB_EVENT_PATH.",
                    path
                );
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "wrong-event",
                $"The event could not be read: {e.Message}",
                "Name the file in which GitHub put the event: GITHUB_EVENT_PATH.",
                path
            );
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static string? Text(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Member(element, name) is { } inner)
                element = inner;
            else
                return null;
        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    // Given to git, so nothing but an id.
    private static string? Id(string? text) =>
        text is { Length: IdLength or LongIdLength } && text.All(char.IsAsciiHexDigitLower) ? text : null;

    private static ConcordException Wrong(string path, string what) =>
        new(
            "wrong-event",
            $"The event does not say '{what}'.",
            "Name the file in which GitHub put the event: GITHUB_EVENT_PATH.",
            path
        );
}
