using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>Checks what a pull request changes: whose grades, by whom, and nothing that is generated.</summary>
public static class PullRequestCheck
{
    private const string Forge = "noreply@github.com";
    private static readonly string[] Rules = [WorkspaceFolder.BenchmarkFile, GradersYaml.Path];

    /// <summary>Compares a head with the point where it left its base.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="head">The files of the head.</param>
    /// <param name="baseName">The base: a branch, tag or id.</param>
    /// <param name="headName">The head.</param>
    /// <param name="say">Takes a sentence where libgit2 could not be used.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Problem>> RunAsync(
        GitRepository repository,
        FileTree head,
        string baseName,
        string headName,
        Action<string> say,
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
        foreach (var file in await grades.FilesAsync(baseCommit, headCommit, partedAt, cancellation))
            problems.AddRange(Owner(file, [.. byFile[file]], shallow, graders, head.Read($"grades/{file}") is null));
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

    private static List<Problem> Owner(
        string file,
        IReadOnlyList<CommitRecord> commits,
        bool shallow,
        IReadOnlyDictionary<GraderId, Grader> graders,
        bool removed
    )
    {
        var path = $"grades/{file}";
        if (!GradeSheet.TryParseName(file, out var id, out _, out var adjudicated, out _))
            return [];
        if (adjudicated && !removed && graders.GetValueOrDefault(id) is not { Adjudicates: true })
            return
            [
                Found(
                    Severity.Error,
                    "not-a-lead",
                    $"The file holds decisions of '{id}', who is no lead in graders.yaml of the base.",
                    "Take the file out of the pull request; a maintainer makes somebody a lead in a pull request before."
                ),
            ];
        if (!graders.TryGetValue(id, out var owner))
            return
            [
                Found(
                    Severity.Warning,
                    "unknown-owner",
                    $"The grader '{id}' is not in graders.yaml of the base, so it cannot be told whether the author may write this file.",
                    "Let a maintainer add the grader first, or look at the author."
                ),
            ];
        if (owner.Emails.Count == 0)
            return
            [
                Found(
                    Severity.Warning,
                    "unknown-owner",
                    $"graders.yaml of the base has no e-mail address of '{id}', so authors cannot be compared.",
                    "Add 'emails:' to the grader."
                ),
            ];
        var problems = new List<Problem>();
        if (commits.Count == 0 && !shallow)
            problems.Add(
                Found(
                    Severity.Error,
                    "foreign-file",
                    $"The file of '{id}' is not as in the base, and no commit here says who changed it.",
                    $"Take the base's file: git checkout BASE -- {path}"
                )
            );
        foreach (var commit in commits)
        {
            var (name, author, committer) = (commit.ShortId, commit.Author, commit.Committer);
            // Nobody decides in another lead's name; a lead may only clear a file away.
            if (Owns(owner, author) || (!adjudicated || removed) && IsImport(commit.Trailer, author, graders))
                continue;
            problems.Add(
                committer == Forge && author.EndsWith("noreply.github.com", StringComparison.OrdinalIgnoreCase)
                    ? Found(
                        Severity.Warning,
                        "unknown-author",
                        $"Commit {name} was made by the forge (a squash or an edit in the browser), so its author {author} cannot be compared with '{id}'.",
                        "Look at the pull request's author."
                    )
                    : Found(
                        Severity.Error,
                        "foreign-file",
                        $"Commit {name} by {author} changes the file of '{id}', who commits as {string.Join(" or ", owner.Emails)}.",
                        adjudicated
                            ? "Only its lead changes a file of decisions; another lead decides in an own file, and the later decision holds."
                            : "Only its grader changes a grade file; a lead imports with the trailer 'Imported-by:'."
                    )
            );
        }
        return problems;

        Problem Found(Severity severity, string rule, string what, string mend) =>
            new(severity, rule, path, null, null, what, mend);
    }

    private static bool Owns(Grader grader, string email) => grader.Emails.Contains(email, StringComparer.OrdinalIgnoreCase);

    private static bool IsImport(string importedBy, string author, IReadOnlyDictionary<GraderId, Grader> graders) =>
        importedBy.Length > 0
        && GraderId.TryParse(importedBy, out var id)
        && graders.TryGetValue(id, out var lead)
        && lead.Role == GraderRole.Lead
        && Owns(lead, author);

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
