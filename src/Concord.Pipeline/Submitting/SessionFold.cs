using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Submitting;

/// <summary>Makes one commit of a session's on top of the default branch, by plumbing.</summary>
/// <param name="options">How.</param>
/// <param name="repository">The repository.</param>
/// <param name="into">The default branch's commit.</param>
/// <param name="intoName">Its name.</param>
/// <param name="remote">Where the remote's branch of the session is; null where it has none.</param>
internal sealed class SessionFold(SubmitOptions options, GitRepository repository, string into, string intoName, string? remote)
{
    private static readonly Dictionary<string, string?> NoOthers = [];

    private GitCommand Git => repository.Git;

    public async Task<SubmitPlan> PlanAsync(SubmittedBranch branch, CancellationToken cancellation)
    {
        var merge = new SessionMerge(repository, [.. branch.Files.Keys]);
        var start = await BaseAsync(into, branch.Commit, cancellation) ?? throw Unrelated(branch);
        if (!options.KeepCommits && await merge.OthersAsync(start, branch.Commit, cancellation) is { Count: > 0 } others)
            throw new ConcordException(
                "other-files",
                $"The commits of the session {branch.Session} change more than its grade file: {SessionMerge.Listed(others)}.",
                $"Commits of your own that {intoName} does not have yet: push those first. What a hook adds, and is wanted: submit with --keep-commits. Else take it out of the branch {branch.Branch}."
            );
        // Rows that another machine of the same grader pushed.
        var foreign = remote is not null && !await IsKnownAsync(remote, branch, cancellation) ? remote : null;
        var files = branch.Files;
        var joined = foreign is null ? null : await BaseAsync(branch.Commit, foreign, cancellation);
        if (foreign is not null)
        {
            await RefuseStrangeAsync(merge, foreign, branch, cancellation);
            files = await merge.WithAsync(files, joined, foreign, cancellation);
        }
        files = await merge.WithAsync(files, start, into, cancellation);
        var there = await merge.FilesAsync(into, cancellation);
        var rubric = await RubricAsync(cancellation);
        var rows = SubmittedRows.Of(there, files, rubric);
        var message = SubmitWords.Message(rows, options.Grader, branch.Session);
        string? commit;
        if (rows.IsEmpty || options.DryRun)
            commit =
                rows.IsEmpty
                || (
                    options.KeepCommits
                        ? foreign is null
                        : await IsFoldedAsync(branch, start, files, message, merge, cancellation)
                )
                    ? branch.Commit
                    : null;
        else if (options.KeepCommits)
            commit = await KeptAsync(branch, start, foreign, joined, files, merge, cancellation);
        else if (await IsFoldedAsync(branch, start, files, message, merge, cancellation))
            commit = branch.Commit;
        else
            commit = await CommitAsync(await merge.TreeAsync(into, files, NoOthers, cancellation), [into], message, cancellation);
        return new(branch, commit, remote, files, rows, rubric, message, merge.Replaced);
    }

    // Nothing to do where the branch is one such commit already, and the default branch has nothing new of the session's.
    private async Task<bool> IsFoldedAsync(
        SubmittedBranch branch,
        string start,
        IReadOnlyDictionary<string, byte[]> files,
        string message,
        SessionMerge merge,
        CancellationToken cancellation
    )
    {
        var said = await Git.RunAsync(["log", "-1", "--format=%P%n%B", branch.Commit, "--"], cancellation);
        return said.Split('\n', 2) is [var parents, var words]
            && parents == start
            && words.Trim() == message.Trim()
            && Same(files, await merge.FilesAsync(branch.Commit, cancellation));
    }

    private async Task<string> KeptAsync(
        SubmittedBranch branch,
        string start,
        string? foreign,
        string? joined,
        IReadOnlyDictionary<string, byte[]> files,
        SessionMerge merge,
        CancellationToken cancellation
    )
    {
        var commit = branch.Commit;
        if (foreign is not null)
        {
            var tree = await merge.TreeAsync(commit, joined ?? throw Unrelated(branch), foreign, files, cancellation);
            commit = await CommitAsync(
                tree,
                [commit, foreign],
                $"Merge grades of another machine into {branch.Branch}\n",
                cancellation
            );
        }
        // What both sides changed would be a conflict to the forge, which knows no rows.
        var (there, before) = (await merge.FilesAsync(into, cancellation), await merge.FilesAsync(start, cancellation));
        if (Same(there, before) || Same(there, await merge.FilesAsync(commit, cancellation)))
            return commit;
        return await CommitAsync(
            await merge.TreeAsync(commit, start, into, files, cancellation),
            [commit, into],
            $"Merge {intoName} into {branch.Branch}\n",
            cancellation
        );
    }

    private async Task RefuseStrangeAsync(
        SessionMerge merge,
        string foreign,
        SubmittedBranch branch,
        CancellationToken cancellation
    )
    {
        var began = await BaseAsync(into, foreign, cancellation);
        if (!options.KeepCommits && (began is null || await merge.OthersAsync(began, foreign, cancellation) is { Count: > 0 }))
            throw new ConcordException(
                "strange-commits",
                $"The remote's branch {branch.Branch} has commits that this clone does not know, and they change other files than the session's: "
                    + (
                        began is null
                            ? "they share no history with the default branch."
                            : SessionMerge.Listed(await merge.OthersAsync(began, foreign, cancellation)) + "."
                    ),
                "Look at them there. Submit with --keep-commits to keep them, or remove them from the remote's branch."
            );
        if (!options.KeepCommits && await StrangersAsync(foreign, branch, cancellation) is { Count: > 0 } strangers)
            throw new ConcordException(
                "strange-commits",
                $"The remote's branch {branch.Branch} has grades of somebody else: {SessionMerge.Listed(strangers)}. Folded into one commit they would be yours.",
                $"If that is you, add the address to 'emails:' of {options.Grader} in graders.yaml of {intoName}. Else remove the commits from the remote's branch; or submit with --keep-commits, which leaves them under their own names."
            );
    }

    // Who else wrote what the remote's branch has of the session's files, as 'commit a1b2c3d by Name <address>'.
    private async Task<IReadOnlyList<string>> StrangersAsync(
        string foreign,
        SubmittedBranch branch,
        CancellationToken cancellation
    )
    {
        using var tree = await repository.OpenTreeAsync(into, options.Say, cancellation);
        var own = WorkspaceReader.ReadGraders(tree).GetValueOrDefault(options.Grader)?.Emails ?? [];
        var self = (await Git.TryRunAsync(["config", "--get", "user.email"], cancellation)).Text.Trim();
        var log = await Git.RunAsync(
            [
                "log",
                "-z",
                "--format=%h%x00%an%x00%ae",
                foreign,
                "--not",
                into,
                branch.Commit,
                $"--glob=refs/concord/submitted/{branch.Session}/*",
                "--",
                .. branch.Files.Keys.Select(p => repository.Prefix + p),
            ],
            cancellation
        );
        return
        [
            .. log.Split('\0')
                .Chunk(3)
                .Where(c => c.Length == 3 && !own.Append(self).Contains(c[2], StringComparer.OrdinalIgnoreCase))
                .Select(c => $"commit {c[0]} by {c[1]} <{c[2]}>"),
        ];
    }

    // Known is what the branch has, what this clone submitted before, and what is merged.
    private async Task<bool> IsKnownAsync(string commit, SubmittedBranch branch, CancellationToken cancellation)
    {
        foreach (var later in new[] { branch.Commit, into })
            if ((await Git.TryRunAsync(["merge-base", "--is-ancestor", commit, later], cancellation)).ExitCode == 0)
                return true;
        var kept = await Git.TryRunAsync(
            ["for-each-ref", "--contains", commit, $"refs/concord/submitted/{branch.Session}/"],
            cancellation
        );
        return kept is { ExitCode: 0, Output.Length: > 0 };
    }

    private async Task<string?> BaseAsync(string a, string b, CancellationToken cancellation) =>
        await Git.TryRunAsync(["merge-base", a, b], cancellation) is { ExitCode: 0 } found ? found.Text.Trim() : null;

    private async Task<IReadOnlyList<Criterion>> RubricAsync(CancellationToken cancellation)
    {
        using var tree = await repository.OpenTreeAsync(into, options.Say, cancellation);
        return WorkspaceReader.ReadBenchmark(tree).Criteria;
    }

    // As 'git commit' would: by the user, signed where he signs.
    private async Task<string> CommitAsync(
        string tree,
        IReadOnlyList<string> parents,
        string message,
        CancellationToken cancellation
    )
    {
        var signs = await Git.TryRunAsync(["config", "--type=bool", "--get", "commit.gpgSign"], cancellation);
        string[] sign = signs.Text.Trim() == "true" ? ["-S"] : [];
        var made = await Git.TryRunAsync(
            ["commit-tree", tree, .. parents.SelectMany(p => new[] { "-p", p }), .. sign, "-F", "-"],
            cancellation,
            message
        );
        return made.ExitCode == 0
            ? made.Text.Trim()
            : throw new ConcordException(
                "commit-failed",
                $"Git could not make the commit: {RemoteBranches.Words(made)}.",
                "The grades are safe on their branch. Mend what git says, then submit again."
            );
    }

    private static bool Same(IReadOnlyDictionary<string, byte[]> a, IReadOnlyDictionary<string, byte[]> b) =>
        a.Count == b.Count && a.All(f => b.TryGetValue(f.Key, out var bytes) && bytes.AsSpan().SequenceEqual(f.Value));

    private static ConcordException Unrelated(SubmittedBranch branch) =>
        new(
            "unrelated",
            $"The branch {branch.Branch} shares no history with the remote's default branch, as far as this clone knows.",
            "In a shallow clone, run 'git fetch --unshallow' first."
        );
}
