namespace Concord.Pipeline.GitHub;

/// <summary>How a pull request is merged.</summary>
internal enum MergeMethod
{
    Merge,
    Squash,
    Rebase,
}

/// <summary>What became of a merge.</summary>
internal abstract record MergeOutcome
{
    private MergeOutcome() { }

    /// <summary>It is merged.</summary>
    /// <param name="Sha">The commit on the base branch.</param>
    public sealed record Merged(string Sha) : MergeOutcome;

    /// <summary>Branch protection, a conflict, or it is closed.</summary>
    public sealed record NotMergeable(string Words) : MergeOutcome;

    /// <summary>Its head is no longer what was checked, or the base moved at that moment.</summary>
    public sealed record HeadMoved(string Words) : MergeOutcome;
}

internal sealed record MergeRequest(string Sha, string MergeMethod);

internal sealed record MergeResult(string Sha, bool Merged)
{
    public string? Message { get; init; }
}

internal static class MergeMethodWords
{
    public static string Word(this MergeMethod method) =>
        method switch
        {
            MergeMethod.Merge => "merge",
            MergeMethod.Squash => "squash",
            MergeMethod.Rebase => "rebase",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
        };
}
