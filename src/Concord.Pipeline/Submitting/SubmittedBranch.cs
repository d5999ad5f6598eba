namespace Concord.Pipeline.Submitting;

/// <summary>A session's branch, to be handed in.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Branch">Its branch, such as <c>grading/ada-2026-11-21</c>.</param>
/// <param name="Commit">Where that is.</param>
/// <param name="Files">The session's own files, by path in the workspace, as they lie on disk.</param>
public sealed record SubmittedBranch(string Session, string Branch, string Commit, IReadOnlyDictionary<string, byte[]> Files);
