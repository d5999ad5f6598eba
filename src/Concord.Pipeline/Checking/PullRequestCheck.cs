using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>Checks what a pull request changes: whose grades, by whom, and nothing that is generated.</summary>
public static class PullRequestCheck
{
    private const string Forge = "noreply@github.com";

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
        var merged = await repository.Git.TryRunAsync(["merge-base", baseCommit, headCommit], cancellation);
        if (merged.ExitCode != 0)
            return
            [
                new(
                    Severity.Warning,
                    "no-common-commit",
                    "",
                    null,
                    null,
                    $"'{baseName}' and '{headName}' have no commit in common that this clone knows, so it cannot be told who changed what.",
                    "In a shallow clone run 'git fetch --unshallow'."
                ),
            ];
        var forkedAt = merged.Text.Trim();
        using var baseTree = await repository.OpenTreeAsync(baseCommit, say, cancellation);
        var graders = WorkspaceReader.ReadGraders(baseTree);
        var problems = new List<Problem>();
        if (await repository.IsShallowAsync(cancellation))
            problems.Add(new(Severity.Notice, "shallow", "", null, null, "This clone is shallow: authors of commits beyond its edge are not seen.", "Fetch the whole history."));
        var changed = await ChangedAsync(repository, forkedAt, headCommit, cancellation);
        foreach (var path in changed.Where(p => p.StartsWith("grades/", StringComparison.Ordinal)))
            problems.AddRange(await OwnerAsync(repository, forkedAt, headCommit, path, graders, cancellation));
        foreach (var path in changed.Where(p => IsGenerated(p) && !Same(head.Read(p), baseTree.Read(p))))
            if (!Expected(head, path))
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

    private static async Task<IReadOnlyList<string>> ChangedAsync(GitRepository repository, string from, string to, CancellationToken cancellation)
    {
        var names = await repository.Git.RunAsync(["diff", "--name-only", "-z", "--no-renames", from, to], cancellation);
        return
        [
            .. names
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(p => p.StartsWith(repository.Prefix, StringComparison.Ordinal))
                .Select(p => p[repository.Prefix.Length..]),
        ];
    }

    private static async Task<IReadOnlyList<Problem>> OwnerAsync(
        GitRepository repository,
        string from,
        string to,
        string path,
        IReadOnlyDictionary<GraderId, Grader> graders,
        CancellationToken cancellation
    )
    {
        if (!GradeSheet.TryParseName(path["grades/".Length..], out var id, out _, out _))
            return [];
        if (!graders.TryGetValue(id, out var owner))
            return
            [
                Found(Severity.Warning, "unknown-owner", $"The grader '{id}' is not in graders.yaml of the base, so it cannot be told whether the author may write this file.", "Let a maintainer add the grader first, or look at the author."),
            ];
        if (owner.Emails.Count == 0)
            return [Found(Severity.Warning, "unknown-owner", $"graders.yaml of the base has no e-mail address of '{id}', so authors cannot be compared.", "Add 'emails:' to the grader.")];
        var log = await repository.Git.RunAsync(
            ["log", "--format=%x01%h%x02%aE%x02%cE%x02%(trailers:key=Imported-by,valueonly,separator=%x2C)", $"{from}..{to}", "--", repository.Prefix + path],
            cancellation
        );
        var problems = new List<Problem>();
        foreach (var commit in log.Split('\x01', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Trim('\n').Split('\x02')))
        {
            var (name, author, committer, importedBy) = (commit[0], commit[1], commit[2], commit[3].Trim());
            if (Owns(owner, author) || IsImport(importedBy, author, graders))
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
                        "Only its grader changes a grade file; a lead imports with the trailer 'Imported-by:'."
                    )
            );
        }
        return problems;

        Problem Found(Severity severity, string rule, string what, string mend) => new(severity, rule, path, null, null, what, mend);
    }

    private static bool Owns(Grader grader, string email) => grader.Emails.Contains(email, StringComparer.OrdinalIgnoreCase);

    private static bool IsImport(string importedBy, string author, IReadOnlyDictionary<GraderId, Grader> graders) =>
        importedBy.Length > 0
        && GraderId.TryParse(importedBy, out var id)
        && graders.TryGetValue(id, out var lead)
        && lead.Role == GraderRole.Lead
        && Owns(lead, author);

    private static bool IsGenerated(string path) =>
        path.StartsWith(ConsensusFiles.Folder + "/", StringComparison.Ordinal) && path != ConsensusFiles.Folder + "/README.md";

    private static bool Expected(FileTree head, string path) =>
        WorkspaceReader.Read(head) is { Errors.Count: 0, Workspace: { } workspace }
        && ConsensusFiles
            .Render(Core.Domain.Consensus.ConsensusTables.Of(workspace), workspace.Benchmark)
            .Any(f => f.Path == path && Same(f.Bytes, head.Read(path)));

    private static bool Same(byte[]? a, byte[]? b) => a is null ? b is null : b is not null && a.AsSpan().SequenceEqual(b);
}
