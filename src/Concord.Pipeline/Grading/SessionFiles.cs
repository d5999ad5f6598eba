using Concord.Core.Domain;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Grading;

/// <summary>The files of a session in its work tree: the grades, and a lead's decisions.</summary>
/// <param name="repository">The user's repository.</param>
/// <param name="folder">The session's folder; it is held.</param>
/// <param name="grader">Who grades.</param>
/// <param name="date">The session's start.</param>
/// <param name="rubric">The criteria, in order.</param>
/// <param name="start">Where the branch begins anew, should somebody delete it.</param>
/// <param name="time">The clock that waits.</param>
internal sealed class SessionFiles(
    GitRepository repository,
    SessionFolder folder,
    GraderId grader,
    DateOnly date,
    IReadOnlyList<Criterion> rubric,
    string start,
    TimeProvider time
)
{
    private static readonly GradingMode[] Kinds = [GradingMode.Grade, GradingMode.Adjudicate];

    public GradingTree Tree { get; } = new(repository, folder.Path, SessionId.BranchOf(folder.Id), GradeFile.Own(grader, date));

    /// <summary>Makes the work tree, or what an interruption left of it whole again.</summary>
    /// <param name="from">The commit that the branch begins from, where there is no branch.</param>
    /// <param name="blobs">Reads the repository.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task MakeAsync(string from, BlobReader blobs, CancellationToken cancellation)
    {
        await Tree.WaitAsync(cancellation);
        await Tree.MakeAsync(from, blobs, time, cancellation);
    }

    /// <summary>Opens the file that a mode writes, and commits what an interruption left of it.</summary>
    /// <returns>Its journal, and what became of that commit.</returns>
    public async Task<(GradeJournal Journal, CommitResult Result)> OpenAsync(GradingMode mode, BlobReader blobs)
    {
        var path = GradeFile.Path(grader, date, mode);
        var journal = new GradeJournal(
            Tree.Root,
            path,
            grader,
            date,
            rubric,
            mode,
            new(repository, Tree, path, start, time),
            grades => CommitWords.Of(grades, grader, folder.Id, mode, rubric)
        );
        journal.Load(Tree.Committed(path, blobs), Tree.Salvage(path), Path.Combine(folder.Path, "damaged"));
        return (journal, await journal.CommitAsync(CancellationToken.None));
    }

    /// <summary>The branch, once everything that lies on disk is committed.</summary>
    /// <param name="open">The journal that is open already; null where none is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">Git does not take a grade.</exception>
    public async Task<SessionBranch> BranchAsync(GradeJournal? open, CancellationToken cancellation)
    {
        using var blobs = new BlobReader(repository.Git);
        var journals = new List<GradeJournal>();
        foreach (var kind in Kinds)
        {
            CommitResult result;
            if (GradeFile.Path(grader, date, kind) == open?.FilePath)
            {
                result = await open.CommitAsync(CancellationToken.None);
                journals.Add(open);
            }
            else
            {
                (var journal, result) = await OpenAsync(kind, blobs);
                journals.Add(journal);
            }
            if (result.Why is { } why)
                throw new ConcordException(
                    "not-committed",
                    $"Grades of the session {folder.Id} are on disk and not committed: {why.TrimEnd().TrimEnd('.')}.",
                    "They are safe. Mend what git says, then submit again."
                );
        }
        await Tree.FollowAsync(cancellation);
        return new(
            folder.Id,
            grader,
            SessionId.BranchOf(folder.Id),
            await Tree.HeadAsync(cancellation),
            Tree,
            [.. journals.Where(j => j.Rows.Count > 0)]
        );
    }
}
