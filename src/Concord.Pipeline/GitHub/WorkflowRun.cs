namespace Concord.Pipeline.GitHub;

/// <summary>A run of a workflow.</summary>
/// <param name="Id">Its number among all runs.</param>
/// <param name="Event">What began it, such as <c>pull_request</c>.</param>
/// <param name="HeadSha">The commit that it ran on.</param>
internal sealed record WorkflowRun(long Id, string Event, string HeadSha)
{
    public string? HeadBranch { get; init; }

    /// <summary>The repository that the branch is in; null where the fork is gone.</summary>
    public HostedRepository? HeadRepository { get; init; }

    /// <summary>The file of the workflow, such as <c>.github/workflows/check.yml</c>.</summary>
    public string? Path { get; init; }
    public string? Status { get; init; }
    public string? Conclusion { get; init; }
}

/// <summary>A zip of files that a run left.</summary>
/// <param name="Id">Its number among all artifacts.</param>
/// <param name="Name">Its name in the run.</param>
/// <param name="SizeInBytes">Of the zip.</param>
/// <param name="Expired">Whether it is gone.</param>
internal sealed record WorkflowArtifact(long Id, string Name, long SizeInBytes, bool Expired);

internal sealed record ArtifactPage(IReadOnlyList<WorkflowArtifact> Artifacts);
