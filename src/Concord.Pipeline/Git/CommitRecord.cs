namespace Concord.Pipeline.Git;

/// <summary>A commit as far as it tells who made it.</summary>
/// <param name="Id">The full id.</param>
/// <param name="ShortId">A short one, for messages.</param>
/// <param name="Parents">The parents' full ids.</param>
/// <param name="Author">The author's address.</param>
/// <param name="Committer">The committer's address.</param>
/// <param name="Trailer">The values of the trailer that was asked for, with commas between; empty where it has none.</param>
public sealed record CommitRecord(
    string Id,
    string ShortId,
    IReadOnlyList<string> Parents,
    string Author,
    string Committer,
    string Trailer
);
