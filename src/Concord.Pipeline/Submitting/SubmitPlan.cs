using Concord.Core.Domain;

namespace Concord.Pipeline.Submitting;

/// <summary>What is to become of a session's branch. The objects are there; nothing else has changed.</summary>
/// <param name="From">The branch as it is.</param>
/// <param name="Commit">The commit that it will be at; null in a dry run that would make one.</param>
/// <param name="Remote">Where the remote's branch is; null where it has none.</param>
/// <param name="Files">The session's files as the commit has them, by path in the workspace.</param>
/// <param name="Rows">What it brings to the default branch.</param>
/// <param name="Rubric">The criteria, as the default branch has them.</param>
/// <param name="Message">The commit's message, or what it would be.</param>
/// <param name="Notes">What the user should know of it.</param>
public sealed record SubmitPlan(
    SubmittedBranch From,
    string? Commit,
    string? Remote,
    IReadOnlyDictionary<string, byte[]> Files,
    SubmittedRows Rows,
    IReadOnlyList<Criterion> Rubric,
    string Message,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The session's id.</summary>
    public string Session => From.Session;

    /// <summary>The session's branch.</summary>
    public string Branch => From.Branch;

    /// <summary>Whether the default branch has everything already.</summary>
    public bool IsNothing => Rows.IsEmpty;

    /// <summary>Whether the branch has to be moved.</summary>
    public bool Moves => !IsNothing && Commit is not null && Commit != From.Commit;

    /// <summary>The message's first line, which is the pull request's title.</summary>
    public string Subject => Message.Split('\n', 2)[0];
}
