using Concord.Core.Domain;
using Concord.Pipeline.Trees;
using LibGit2Sharp;

namespace Concord.Pipeline.Git;

/// <summary>The repository that a workspace lives in.</summary>
/// <param name="Root">The root of the work tree.</param>
/// <param name="Prefix">The workspace's folder inside the repository: empty, or ending in <c>/</c>.</param>
public sealed record GitRepository(string Root, string Prefix)
{
    private static int _saidOnce;

    /// <summary>git, called at the root.</summary>
    public GitCommand Git { get; init; } = new(Root);

    /// <summary>The folder of the repository's own files, the same for all its work trees; null where it is not known.</summary>
    public string? CommonFolder { get; init; }

    /// <summary>Finds the repository of a folder.</summary>
    /// <exception cref="ConcordException">There is none, or git refuses it.</exception>
    public static async Task<GitRepository> FindAsync(string folder, CancellationToken cancellation)
    {
        var result = await new GitCommand(folder).TryRunAsync(
            ["rev-parse", "--show-toplevel", "--show-prefix", "--path-format=absolute", "--git-common-dir"],
            cancellation
        );
        if (result.ExitCode == 0)
        {
            var lines = result.Text.Split('\n');
            // Before 2.31 git gave back the option that it did not know, and a path from here.
            return new(lines[0], lines[1]) { CommonFolder = Path.GetFullPath(lines[^2], folder) };
        }
        throw result.Error.Contains("dubious ownership", StringComparison.Ordinal)
            ? new ConcordException(
                "not-owned",
                "The repository belongs to another user, so git does not read it.",
                $"If you trust it, run: git config --global --add safe.directory '{folder}'",
                folder
            )
            : new ConcordException(
                "no-repository",
                "This folder is not in a git repository.",
                "Concord keeps everything in git: run 'git init' here, or 'concord init' for a new workspace.",
                folder
            );
    }

    /// <summary>The full id of a commit.</summary>
    /// <param name="name">A branch, tag, id or other name of a commit.</param>
    /// <returns>The id; null where git knows no commit of that name.</returns>
    public async Task<string?> TryResolveAsync(string name, CancellationToken cancellation)
    {
        var result = await Git.TryRunAsync(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"],
            cancellation
        );
        return result.ExitCode == 0 ? result.Text.Trim() : null;
    }

    /// <summary>The full id of a commit that must be there.</summary>
    /// <exception cref="ConcordException">Git knows no commit of that name.</exception>
    public async Task<string> ResolveAsync(string name, CancellationToken cancellation) =>
        await TryResolveAsync(name, cancellation)
        ?? throw new ConcordException(
            "unknown-ref",
            $"Git knows no commit named '{name}'.",
            "Name a branch, tag or commit id; in a shallow clone, run 'git fetch --unshallow' first."
        );

    /// <summary>The files of a commit: through libgit2, else through the git command line.</summary>
    /// <param name="commit">A full commit id.</param>
    /// <param name="say">Takes a sentence, once a process, where libgit2 could not be used.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<FileTree> OpenTreeAsync(string commit, Action<string> say, CancellationToken cancellation)
    {
        var why = NativeGit.WhyNot;
        if (
            why is null
            && (await Git.TryRunAsync(["config", "--get-regexp", @"^remote\..*\.promisor$"], cancellation)).ExitCode == 0
        )
            why = "the clone is partial, and libgit2 does not fetch what is missing";
        if (why is null)
        {
            Repository? repository = null;
            try
            {
                repository = new Repository(Root);
                if (repository.Lookup<Commit>(commit) is { } found)
                    return new CommitTree(repository, found, Prefix);
                why = "libgit2 does not find the commit";
            }
            catch (LibGit2SharpException e)
            {
                why = e.Message;
            }
            repository?.Dispose();
        }
        if (Interlocked.Exchange(ref _saidOnce, 1) == 0)
            say($"Reading through the git command line, because {why.TrimEnd('.')}.");
        return await CommandTree.OpenAsync(Git, commit, Prefix, cancellation);
    }

    /// <summary>The last commit that changed something in folders of the workspace, and when it was made.</summary>
    /// <param name="commit">A full id, from which to look back.</param>
    /// <param name="folders">Folders of the workspace.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The commit itself where none before changed them.</returns>
    public async Task<(string Id, DateTimeOffset At)> LastChangeAsync(
        string commit,
        IReadOnlyList<string> folders,
        CancellationToken cancellation
    )
    {
        const string Format = "--format=%H %ct";
        var log = await Git.RunAsync(["log", "-1", Format, commit, "--", .. folders.Select(f => Prefix + f)], cancellation);
        if (log.Trim().Length == 0)
            log = await Git.RunAsync(["log", "-1", Format, commit, "--"], cancellation);
        var parts = log.Trim().Split(' ');
        return (
            parts[0],
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    /// <summary>The commit that is checked out, where it has the files of some folders as they lie.</summary>
    /// <param name="folders">Folders of the workspace.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Its full id; null where something in them is changed or new, or there is no commit yet.</returns>
    public async Task<string?> CleanHeadAsync(IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        var status = await Git.TryRunAsync(
            ["status", "--porcelain", "-z", "--untracked-files=all", "--", .. folders.Select(f => Prefix + f)],
            cancellation
        );
        return status is { ExitCode: 0, Text: "" } ? await TryResolveAsync("HEAD", cancellation) : null;
    }

    /// <summary>The commits that one commit reaches and another does not, newest first.</summary>
    /// <param name="without">A full id.</param>
    /// <param name="from">A full id.</param>
    /// <param name="trailer">The trailer to read.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<CommitRecord>> CommitsAsync(
        string without,
        string from,
        string trailer,
        CancellationToken cancellation
    )
    {
        const int Parts = 6;
        // The addresses as committed: .mailmap is a file of the work tree, which whoever is checked may have written.
        var log = await Git.RunAsync(
            [
                "log",
                "-z",
                $"--format=%H%x00%h%x00%P%x00%ae%x00%ce%x00%(trailers:key={trailer},valueonly,separator=%x2C)",
                "--topo-order",
                $"{without}..{from}",
                "--",
            ],
            cancellation
        );
        return
        [
            .. log.Split('\0')
                .Chunk(Parts)
                .Where(c => c.Length == Parts)
                .Select(c => new CommitRecord(
                    c[0],
                    c[1],
                    c[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    c[3],
                    c[4],
                    c[5].Trim()
                )),
        ];
    }

    /// <summary>The best common ancestors of some commits; more than one where histories crossed.</summary>
    public async Task<IReadOnlyList<string>> MergeBasesAsync(IReadOnlyList<string> commits, CancellationToken cancellation)
    {
        var result = await Git.TryRunAsync(["merge-base", "--all", "--octopus", .. commits], cancellation);
        return result.ExitCode == 0 ? result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    /// <summary>The paths that differ between two commits, in the workspace and relative to it.</summary>
    public async Task<IReadOnlyList<string>> ChangedAsync(string from, string to, CancellationToken cancellation)
    {
        // Plumbing, because neither settings nor .gitmodules may hide a change.
        var names = await Git.RunAsync(
            ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--ignore-submodules=none", from, to],
            cancellation
        );
        return
        [
            .. names
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(p => p.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(p => p[Prefix.Length..]),
        ];
    }

    /// <summary>The commits whose parents a shallow clone does not have.</summary>
    public async Task<IReadOnlySet<string>> ShallowEdgeAsync(CancellationToken cancellation)
    {
        var path = Path.Combine(Root, (await Git.RunAsync(["rev-parse", "--git-path", "shallow"], cancellation)).TrimEnd('\n'));
        return File.Exists(path) ? (await File.ReadAllLinesAsync(path, cancellation)).ToHashSet(StringComparer.Ordinal) : [];
    }

    /// <summary>Whether history is cut off, so that older commits cannot be seen.</summary>
    public async Task<bool> IsShallowAsync(CancellationToken cancellation) =>
        (await Git.RunAsync(["rev-parse", "--is-shallow-repository"], cancellation)).Trim() == "true";
}
