using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Grading;

/// <summary>Who is no stranger: in graders.yaml, or with a grade file, here or on a branch of this clone.</summary>
public static class KnownGraders
{
    /// <summary>Every known slug; whoever is not among them would be a new identity, which is asked for.</summary>
    /// <param name="root">The workspace's folder.</param>
    /// <param name="repository">Its repository.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlySet<GraderId>> InAsync(
        string root,
        GitRepository repository,
        CancellationToken cancellation
    )
    {
        using var tree = new WorkTree(root);
        using var blobs = new BlobReader(repository.Git);
        var refs = await GradingRefs.ReadAsync(repository, blobs, cancellation);
        var names = refs
            .All.SelectMany(r => GradingRefs.Files(r, repository, blobs).Select(f => f.Name))
            .Concat(tree.List("grades").Select(f => f.Path["grades/".Length..]));
        var known = WorkspaceReader.ReadGraders(tree).Keys.ToHashSet();
        foreach (var name in names)
            if (
                GradeFile.TryParseName(name, GradingMode.Grade, out var grader, out _)
                || GradeFile.TryParseName(name, GradingMode.Adjudicate, out grader, out _)
            )
                known.Add(grader);
        return known;
    }
}
