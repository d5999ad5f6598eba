namespace Concord.Pipeline.Judging;

/// <summary>A run of a workflow that is finished, as the forge tells whoever follows it.</summary>
/// <param name="Repository">Where it ran, as <c>owner/name</c>.</param>
/// <param name="Event">What began it.</param>
/// <param name="HeadSha">The commit that it was about.</param>
/// <param name="HeadBranch">Its branch; empty where there is none.</param>
/// <param name="HeadRepository">The repository of the branch; empty where it is gone.</param>
/// <param name="Page">Its page; null where the event has none.</param>
internal sealed record FinishedRun(
    string Repository,
    string Event,
    string HeadSha,
    string HeadBranch,
    string HeadRepository,
    string? Page
);
