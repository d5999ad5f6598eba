using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>Checks what a pull request changes: whose grades, by whom, and nothing that is generated.</summary>
public static class PullRequestCheck
{
    private static readonly string[] Rules = [WorkspaceFolder.BenchmarkFile, GradersYaml.Path];

    /// <summary>Compares a head with the point where it left its base.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="head">The files of the head.</param>
    /// <param name="baseName">The base: a branch, tag or id.</param>
    /// <param name="headName">The head.</param>
    /// <param name="say">Takes a sentence where libgit2 could not be used.</param>
    /// <param name="author">Who proposes, as the forge says; null compares commits' addresses, which anybody can write.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Problem>> RunAsync(
        GitRepository repository,
        FileTree head,
        string baseName,
        string headName,
        Action<string> say,
        PullRequestAuthor? author,
        CancellationToken cancellation
    )
    {
        var baseCommit = await repository.ResolveAsync(baseName, cancellation);
        var headCommit = await repository.ResolveAsync(headName, cancellation);
        var shallow = await repository.IsShallowAsync(cancellation);
        var partedAt = await repository.MergeBasesAsync([baseCommit, headCommit], cancellation);
        var problems = new List<Problem>();
        if (partedAt.Count == 0)
            problems.Add(
                new(
                    Severity.Warning,
                    "no-common-commit",
                    "",
                    null,
                    null,
                    $"'{baseName}' and '{headName}' have no commit in common that this clone knows{(shallow ? ", so it cannot be told who changed what" : "")}.",
                    shallow ? "Run 'git fetch --unshallow'." : "Look at where the commits come from."
                )
            );
        if (partedAt.Count == 0 && shallow)
            return problems;
        using var baseTree = await repository.OpenTreeAsync(baseCommit, say, cancellation);
        var graders = WorkspaceReader.ReadGraders(baseTree);
        if (shallow)
            problems.Add(
                new(
                    Severity.Notice,
                    "shallow",
                    "",
                    null,
                    null,
                    "This clone is shallow: authors of commits beyond its edge are not seen.",
                    "Fetch the whole history."
                )
            );
        var grades = new GradeChanges(repository);
        var commits = await repository.CommitsAsync(baseCommit, headCommit, "Imported-by", cancellation);
        var byFile = await grades.ByFileAsync(commits, await repository.ShallowEdgeAsync(cancellation), cancellation);
        using var partedTree = await repository.OpenTreeAsync(partedAt.FirstOrDefault(baseCommit), say, cancellation);
        var change = GradersChange.Of(baseTree, partedTree, head, author);
        problems.AddRange(change.Problems);
        var owners = new GradeFileOwner(baseTree, graders, author, change.Newcomer, shallow);
        foreach (var file in await grades.FilesAsync(baseCommit, headCommit, partedAt, cancellation))
            problems.AddRange(owners.Check(file, [.. byFile[file]], removed: head.Read($"grades/{file}") is null));
        var changed = await repository.ChangedAsync(partedAt.FirstOrDefault(baseCommit), headCommit, cancellation);
        problems.AddRange(changed.Where(p => Rules.Contains(p)).Select(RulesChanged));
        var expected = new Lazy<IReadOnlyDictionary<string, byte[]>>(() => Generated(head));
        foreach (var path in changed.Where(p => IsGenerated(p) && !Same(head.Read(p), baseTree.Read(p))))
            if (!Same(expected.Value.GetValueOrDefault(path), head.Read(path)))
                problems.Add(
                    new(
                        Severity.Error,
                        "consensus-edited",
                        path,
                        null,
                        null,
                        "The pull request changes a generated file into something that the aggregator does not write.",
                        $"Take the change back: git checkout {baseName} -- {path}"
                    )
                );
        return problems;
    }

    private static bool IsGenerated(string path) =>
        path == ConsensusFiles.Folder
        || path.StartsWith(ConsensusFiles.Folder + "/", StringComparison.Ordinal) && path != ConsensusFiles.Folder + "/README.md";

    private static Problem RulesChanged(string path) =>
        new(
            Severity.Notice,
            "rules-changed",
            path,
            null,
            null,
            "The pull request changes the rubric or the graders, by which everybody's grades are read and counted.",
            "Look at this change first."
        );

    private static Dictionary<string, byte[]> Generated(FileTree head) =>
        WorkspaceReader.Read(head) is { Errors.Count: 0, Workspace: { } workspace }
            ? ConsensusFiles
                .Render(Core.Domain.Consensus.ConsensusTables.Of(workspace), workspace.Benchmark)
                .ToDictionary(f => f.Path, f => f.Bytes, StringComparer.Ordinal)
            : [];

    private static bool Same(byte[]? a, byte[]? b) => a is null ? b is null : b is not null && a.AsSpan().SequenceEqual(b);
}
