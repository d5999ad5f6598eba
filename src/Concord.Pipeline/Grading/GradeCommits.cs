using System.Text.RegularExpressions;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Grading;

/// <summary>What became of a commit.</summary>
/// <param name="Id">The short id; null where there is none.</param>
/// <param name="Why">Why not: what a hook or git said.</param>
internal readonly record struct CommitResult(string? Id, string? Why);

/// <summary>Commits one file of a session's work tree by the user's git: with his hooks, his signature, his identity.</summary>
/// <param name="repository">The user's repository.</param>
/// <param name="tree">The session's work tree.</param>
/// <param name="path">The file, in the workspace.</param>
/// <param name="start">Where the branch begins anew, should somebody delete it.</param>
/// <param name="time">The clock that waits.</param>
internal sealed partial class GradeCommits(
    GitRepository repository,
    GradingTree tree,
    string path,
    string start,
    TimeProvider time
)
{
    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OthersPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private GitCommand? _git;
    private string[] _settings = [];

    /// <summary>Whether git knows the file, so that it need not be added.</summary>
    public bool IsTracked { get; set; }

    private string IndexLock => Path.Combine(tree.GitFolder, "index.lock");

    /// <summary>Commits the file as it lies.</summary>
    public async Task<CommitResult> CommitAsync(string message, CancellationToken cancellation)
    {
        var git = _git ?? await PrepareAsync(cancellation);
        using var turn = await LockedFile.TryTakeAsync(
            Path.Combine(repository.CommonFolder!, "concord", "grading", "commit.lock"),
            OthersPatience,
            time,
            cancellation
        );
        if (turn is null)
            return new(null, "Another grading session of this repository is committing, and has been for half a minute.");
        if (!await tree.HasBranchAsync(cancellation))
            await tree.RestoreBranchAsync(start, cancellation);
        if (!IsTracked)
        {
            var added = await TryAsync(git, ["add", "--force", "--", path], null, cancellation);
            if (added.ExitCode != 0)
                return new(null, Words(added));
            IsTracked = true;
        }
        var result = await TryAsync(git, ["commit", "--only", "-F", "-", "--", path], message, cancellation);
        if (result.ExitCode == 0)
            return new(Summary().Match(result.Text) is { Success: true } m ? m.Groups[1].Value : await ShortHeadAsync(), null);
        // A git that a killed host left may have done it meanwhile.
        if (await tree.IsCommittedAsync(path, cancellation))
            return new(await ShortHeadAsync(), null);
        IsTracked = await tree.CommittedAsync(path, cancellation) is not null;
        return new(null, Words(result));
    }

    private async Task<GitResult> TryAsync(GitCommand git, string[] arguments, string? input, CancellationToken cancellation)
    {
        for (var began = time.GetTimestamp(); ; await Task.Delay(Pause, time, cancellation))
        {
            var result = await git.TryRunAsync([.. _settings, .. arguments], cancellation, input);
            if (result.ExitCode == 0 || !File.Exists(IndexLock) || time.GetElapsedTime(began) >= IndexPatience)
                return result;
        }
    }

    // A hooks folder that is named relative to the work tree is the one in the user's: this one has only grades.
    private async Task<GitCommand> PrepareAsync(CancellationToken cancellation)
    {
        var hooks = await repository.Git.TryRunAsync(["config", "--type=path", "--get", "core.hooksPath"], cancellation);
        if (hooks.ExitCode == 0 && hooks.Text.TrimEnd('\n') is { Length: > 0 } folder && !Path.IsPathRooted(folder))
            _settings = ["-c", $"core.hooksPath={Path.Combine(repository.Root, folder)}"];
        return _git = new(tree.Root) { AsUser = true };
    }

    private async Task<string> ShortHeadAsync() =>
        (await new GitCommand(tree.Root).RunAsync(["rev-parse", "--short", "HEAD"], CancellationToken.None)).Trim();

    private string Words(GitResult result)
    {
        var words = string.Join('\n', new[] { result.Error, result.Text.Trim() }.Where(w => w.Length > 0));
        if (File.Exists(IndexLock))
            return $"Another git process holds {IndexLock}. If none is running, remove that file.\n{words}";
        return words.Length > 0
            ? words
            : $"git commit ended with exit code {result.ExitCode} and said nothing; probably a hook did.";
    }

    [GeneratedRegex(@"^\[[^\]\n]* ([0-9a-f]{4,64})\] ", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
