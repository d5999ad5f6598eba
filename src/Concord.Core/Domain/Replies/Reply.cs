namespace Concord.Core.Domain.Replies;

/// <summary>One file of a reply.</summary>
/// <param name="Path">The path below <c>files/</c>, with <c>/</c>; out of <see cref="ReplyFiles.Parse"/> it obeys <see cref="ReplyPath"/>.</param>
/// <param name="Content">The text; out of <see cref="ReplyFiles.Parse"/> with LF line ends and one at the end, empty for an empty block.</param>
public sealed record ReplyFile(string Path, string Content);

/// <summary>What a model's raw reply says, taken apart.</summary>
/// <param name="Files">The files, sorted ordinally by path; empty where the reply failed.</param>
/// <param name="Failure">Why no files could be taken: one sentence; null where they could.</param>
/// <param name="Notes">What was read otherwise than the reply says it: sentences, such as of a protected file that was left out.</param>
public sealed record Reply(IReadOnlyList<ReplyFile> Files, string? Failure, IReadOnlyList<string> Notes);
