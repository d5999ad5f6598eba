using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Grading;

/// <summary>
/// The linked work tree of a session, among the repository's own files: <c>grades/</c> and <c>benchmarks/*.yaml</c> on the
/// session's branch. Commits made here leave the user's work tree, index and HEAD alone.
/// </summary>
/// <param name="repository">The user's repository.</param>
/// <param name="session">The session's folder.</param>
/// <param name="branch">The session's branch, such as <c>grading/ada-2026-11-21</c>.</param>
/// <param name="own">The files that the session writes, in the workspace.</param>
internal sealed class GradingTree(GitRepository repository, string session, string branch, IReadOnlyList<string> own)
{
    public const string Name = "tree";

    private const string OldPrefix = "tree.old-";

    private static readonly string[] Trailers = ["Challenge", "Model", "Output"];
    private static readonly TimeSpan LeftPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    // Tells a work tree of ours that the user moved from one that he made.
    private const string Mark = "concord-grading";

    // Given with each command and not kept, because 'git sparse-checkout' would change the settings of the whole repository.
    private static readonly string[] Sparse =
    [
        "-c",
        "core.sparseCheckout=true",
        "-c",
        "core.sparseCheckoutCone=false",
        "-c",
        "index.sparse=false",
    ];

    private readonly string _folder = Path.Combine(session, Name);

    private GitCommand Plain => new(_folder);

    /// <summary>The workspace's folder in it.</summary>
    public string Root => Path.Combine(_folder, repository.Prefix);

    /// <summary>Where its index and HEAD are; known once it is made.</summary>
    public string GitFolder { get; private set; } = "";

    /// <summary>Whether the branch is there.</summary>
    public async Task<bool> HasBranchAsync(CancellationToken cancellation) =>
        (repository.CommonFolder is { } common && File.Exists(Path.Combine(common, "refs/heads", branch)))
        || await repository.TryResolveAsync($"refs/heads/{branch}", cancellation) is not null;

    /// <summary>Waits for what a killed host left running here, and takes away the branch's lock where that was killed too.</summary>
    /// <exception cref="ConcordException">It does not end.</exception>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        if (!await LeftProcesses.WaitAsync(session, LeftPatience, cancellation))
            throw new ConcordException(
                "session-busy",
                "A program still works in this session's folder, perhaps a hook that an earlier 'concord grade' started.",
                "Wait until it has ended, or end it; then run the command again.",
                session
            );
        var stale = Path.Combine(repository.CommonFolder!, "refs/heads", branch + ".lock");
        if (File.Exists(stale))
            File.Delete(stale);
    }

    /// <summary>Makes it, or what an interruption or the user left of it whole again.</summary>
    /// <param name="start">The commit that the branch begins from, where there is no branch.</param>
    /// <param name="blobs">Reads the repository.</param>
    /// <param name="time">The clock that waits.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">The branch is checked out elsewhere, or git failed.</exception>
    public async Task MakeAsync(string start, BlobReader blobs, TimeProvider time, CancellationToken cancellation)
    {
        if (!IsPlainlySound(blobs) && !await IsSoundAsync(cancellation))
        {
            var isThere = Tip(blobs) is not null;
            // A branch that is not there is checked out nowhere, unless in a work tree that waits for its first commit.
            if (isThere || HasWorkTrees())
                await RefuseForeignAsync(cancellation);
            if (Directory.Exists(_folder))
                Directory.Move(_folder, Path.Combine(session, $"{OldPrefix}{Guid.NewGuid():N}"));
            // In the session's folder, so that what a kill leaves running is found there. Twice forced: over what is
            // registered and gone, and over what a kill left locked.
            string[] add = ["worktree", "add", "--force", "--force", "--no-checkout"];
            await new GitCommand(session).RunAsync(
                isThere ? [.. add, _folder, branch] : [.. add, "--no-track", "-b", branch, _folder, start],
                cancellation
            );
            GitFolder =
                NamedGitFolder() ?? (await Plain.RunAsync(["rev-parse", "--absolute-git-dir"], cancellation)).TrimEnd('\n');
            AtomicFile.Replace(Path.Combine(GitFolder, Mark), []);
            AtomicFile.Replace(Path.Combine(GitFolder, "info", "sparse-checkout"), Encoding.UTF8.GetBytes(Patterns()));
            await Plain.RunAsync([.. Sparse, "read-tree", "-m", "-u", "HEAD"], cancellation);
        }
        else
        {
            await ClearAsync(time, cancellation);
            await FollowAsync(cancellation);
        }
        Directory.CreateDirectory(Path.Combine(Root, "grades"));
    }

    /// <summary>A file that lies in work trees of this session that are no longer in use, newest last.</summary>
    public IEnumerable<byte[]> Salvage(string path)
    {
        foreach (var old in Directory.EnumerateDirectories(session, OldPrefix + "*").OrderBy(Directory.GetLastWriteTimeUtc))
            if (Path.Combine(old, repository.Prefix, path) is var file && File.Exists(file))
                yield return File.ReadAllBytes(file);
    }

    /// <summary>Removes what was salvaged.</summary>
    public void RemoveOld()
    {
        foreach (var old in Directory.EnumerateDirectories(session, OldPrefix + "*"))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>The short ids of the commits that a session made, by what they saved; the newest of each.</summary>
    public async Task<IReadOnlyDictionary<(string Challenge, string Model, string Output), string>> SavesAsync(
        string since,
        CancellationToken cancellation
    )
    {
        var keys = Trailers.Select(k => $"%x1f%(trailers:key={k},valueonly,separator=%x20)");
        var log = await Plain.RunAsync(["log", $"--format=%h{string.Concat(keys)}", $"{since}..HEAD", "--"], cancellation);
        var saves = new Dictionary<(string, string, string), string>();
        foreach (var commit in log.Split('\n').Select(l => l.Split('\u001f')).Where(c => c.Length == 4))
        {
            var parts = commit[1..].Select(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
            for (var i = 0; i < parts.Min(p => p.Length); i++)
                saves.TryAdd((parts[0][i], parts[1][i], parts[2][i]), commit[0]);
        }
        return saves;
    }

    /// <summary>A file as the branch has it; null where it has none.</summary>
    public async Task<byte[]?> CommittedAsync(string path, CancellationToken cancellation) =>
        await Plain.TryRunAsync(["cat-file", "blob", $"HEAD:{repository.Prefix}{path}"], cancellation) is { ExitCode: 0 } blob
            ? blob.Output
            : null;

    /// <summary>Whether the file on disk is the one of the branch, as git sees it.</summary>
    public async Task<bool> IsCommittedAsync(string path, CancellationToken cancellation) =>
        await Plain.TryRunAsync([.. Sparse, "status", "--porcelain", "--", repository.Prefix + path], cancellation)
            is { ExitCode: 0, Output.Length: 0 };

    /// <summary>The commit that the branch is at.</summary>
    public async Task<string> HeadAsync(CancellationToken cancellation) =>
        (await Plain.RunAsync(["rev-parse", "--verify", "HEAD^{commit}"], cancellation)).Trim();

    /// <summary>
    /// Brings the index and what is checked out in step with a branch that was moved, now or by a run that was killed. The
    /// session's own files stay as they lie on disk.
    /// </summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        var same = await Plain.TryRunAsync(["diff-index", "--cached", "--quiet", "HEAD", "--"], cancellation);
        if (same.ExitCode == 0)
            return;
        foreach (var name in own.Select(o => repository.Prefix + o))
        {
            // An entry that is the branch's already lets the file on disk alone.
            var entry = (await Plain.RunAsync(["ls-tree", "HEAD", "--", name], cancellation)).Split(' ', '\t');
            await Plain.RunAsync(
                entry is [var mode, "blob", var blob, ..]
                    ? ["update-index", "--add", "--cacheinfo", $"{mode},{blob},{name}"]
                    : ["update-index", "--force-remove", "--", name],
                cancellation
            );
        }
        await Plain.RunAsync([.. Sparse, "read-tree", "-m", "-u", "HEAD"], cancellation);
        await Plain.TryRunAsync([.. Sparse, "update-index", "-q", "--refresh"], cancellation);
    }

    /// <summary>Puts the branch back where somebody deleted it.</summary>
    public async Task RestoreBranchAsync(string start, CancellationToken cancellation) =>
        await repository.Git.RunAsync(["update-ref", $"refs/heads/{branch}", start, ""], cancellation);

    /// <summary>The commit that the branch is at now; null where there is none.</summary>
    public string? Tip(BlobReader blobs) => blobs.Id($"refs/heads/{branch}");

    /// <summary>As <see cref="CommittedAsync"/>, without a process of its own.</summary>
    public byte[]? Committed(string path, BlobReader blobs) => blobs.Read($"refs/heads/{branch}:{repository.Prefix}{path}");

    // What git says too in nearly every case, without asking it.
    private bool IsPlainlySound(BlobReader blobs)
    {
        if (NamedGitFolder() is not { } folder || Path.GetDirectoryName(folder) != WorkTrees)
            return false;
        try
        {
            if (
                File.ReadAllText(Path.Combine(folder, "HEAD")) != $"ref: refs/heads/{branch}\n"
                || !File.Exists(Path.Combine(folder, "commondir"))
                || !File.Exists(Path.Combine(folder, "index"))
            )
                return false;
        }
        catch (IOException)
        {
            return false;
        }
        GitFolder = folder;
        return Tip(blobs) is not null;
    }

    private string WorkTrees => Path.Combine(repository.CommonFolder!, "worktrees");

    private bool HasWorkTrees() => Directory.Exists(WorkTrees) && Directory.EnumerateDirectories(WorkTrees).Any();

    /// <summary>The folder that the work tree's .git file names; null where there is none.</summary>
    private string? NamedGitFolder()
    {
        const string Key = "gitdir: ";
        var file = Path.Combine(_folder, ".git");
        return File.Exists(file) && File.ReadAllText(file) is var text && text.StartsWith(Key, StringComparison.Ordinal)
            ? Path.GetFullPath(text[Key.Length..].TrimEnd('\n'), _folder)
            : null;
    }

    // A folder without its .git file would be taken for the repository's own, which it lies in.
    private async Task<bool> IsSoundAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(_folder, ".git")))
            return false;
        var answer = await Plain.TryRunAsync(
            ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--symbolic-full-name", "HEAD"],
            cancellation
        );
        var lines = answer.Text.Split('\n');
        if (lines.Length < 3)
            return false;
        GitFolder = lines[1];
        // Reading the tree writes the index last. The name of a HEAD without a commit is not told.
        return File.Exists(Path.Combine(GitFolder, "index"))
            && (answer.ExitCode == 0 ? lines[2] : $"refs/heads/{branch}") == $"refs/heads/{branch}"
            && await HasBranchAsync(cancellation);
    }

    // Locks that a killed git left. Nobody else works in this tree: the session is held.
    private async Task ClearAsync(TimeProvider time, CancellationToken cancellation)
    {
        foreach (var name in new[] { "index.lock", "HEAD.lock" })
        {
            var stale = Path.Combine(GitFolder, name);
            // Where nobody can tell who is running, it gets the time that git usually takes.
            if (!OperatingSystem.IsLinux())
                for (var began = time.GetTimestamp(); File.Exists(stale) && time.GetElapsedTime(began) < LockPatience; )
                    await Task.Delay(LockPause, time, cancellation);
            File.Delete(stale);
        }
    }

    private async Task RefuseForeignAsync(CancellationToken cancellation)
    {
        var (folder, ours) = ("", Path.GetFullPath(_folder));
        foreach (var line in (await repository.Git.RunAsync(["worktree", "list", "--porcelain"], cancellation)).Split('\n'))
        {
            if (line.StartsWith("worktree ", StringComparison.Ordinal))
                folder = line["worktree ".Length..];
            if (line != $"branch refs/heads/{branch}" || folder == ours || !Directory.Exists(folder))
                continue;
            var git = (await new GitCommand(folder).TryRunAsync(["rev-parse", "--absolute-git-dir"], cancellation)).Text.Trim();
            if (!File.Exists(Path.Combine(git, Mark)))
                throw new ConcordException(
                    "branch-in-use",
                    $"The branch {branch}, which grades are committed to, is checked out in {folder}.",
                    "Check out another branch there.",
                    folder
                );
            // He moved it: what is not committed there comes along.
            CopyGrades(folder);
        }
    }

    private void CopyGrades(string folder)
    {
        var (from, to) = (
            Path.Combine(folder, repository.Prefix, "grades"),
            Path.Combine(session, $"{OldPrefix}{Guid.NewGuid():N}")
        );
        if (!Directory.Exists(from))
            return;
        var grades = Directory.CreateDirectory(Path.Combine(to, repository.Prefix, "grades")).FullName;
        foreach (var file in Directory.EnumerateFiles(from, "*.csv"))
            File.Copy(file, Path.Combine(grades, Path.GetFileName(file)));
    }

    private string Patterns()
    {
        var prefix = new StringBuilder();
        foreach (var letter in repository.Prefix)
            prefix.Append(letter is '*' or '?' or '[' or ']' or '\\' ? $"\\{letter}" : letter.ToString());
        return $"/{prefix}grades/\n/{prefix}benchmarks/*.yaml\n";
    }
}
