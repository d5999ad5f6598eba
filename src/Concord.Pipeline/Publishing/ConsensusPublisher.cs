using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Publishing;

/// <summary>
/// Puts the consensus of a branch onto it: read from the remote's commit, made as objects, pushed without force. Neither
/// the work tree nor the index of the clone takes part (src/decisions/0028-publishing.md).
/// </summary>
/// <param name="repository">A clone; a shallow one does.</param>
/// <param name="remote">The remote's name.</param>
/// <param name="author">Who commits; null for whoever git is configured for.</param>
/// <param name="time">The clock that waits.</param>
/// <param name="say">Takes what is going on.</param>
public sealed class ConsensusPublisher(
    GitRepository repository,
    string remote,
    CommitAuthor? author,
    TimeProvider time,
    Action<string> say
)
{
    private const int MostPushes = 20;

    // A push that finds the branch locked by another is refused like one that may not be; a moment later it is not.
    private const int MostRefusals = 2;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly RemoteGit _remote = RemoteGit.Unattended(repository.Root);

    // Of this run alone: FETCH_HEAD is shared by all that fetch in this clone.
    private readonly string _seen = $"refs/concord/publishing/{Guid.NewGuid():N}";

    /// <summary>Publishes; where the branch moves meanwhile, counts again on top of it.</summary>
    /// <param name="branch">The branch; null takes the remote's default.</param>
    /// <param name="push">Whether to push; else it only tells what would change.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">The workspace is in error, the remote refused, or the branch never stood still.</exception>
    public async Task<Publication> RunAsync(string? branch, bool push, CancellationToken cancellation)
    {
        branch ??=
            (await RemoteBranches.AskAsync(_remote, remote, "main", cancellation)).Default
            ?? throw new ConcordException(
                "no-branch",
                $"'{remote}' does not say which of its branches is the default.",
                "Name it with --branch."
            );
        try
        {
            return await OnAsync(branch, push, cancellation);
        }
        finally
        {
            await repository.Git.TryRunAsync(["update-ref", "-d", _seen], CancellationToken.None);
        }
    }

    private async Task<Publication> OnAsync(string branch, bool push, CancellationToken cancellation)
    {
        var source = await FetchAsync(branch, cancellation);
        for (var (pushes, refusals) = (0, 0); ; )
        {
            var (files, message, grades) = await ConsensusAsync(source, cancellation);
            string[] paths = [.. files.Select(f => f.Path)];
            if (files.Count == 0 || !push)
                return new(branch, source, null, paths, pushes, grades);
            var commit = await CommitAsync(source, files, message, cancellation);
            var answer = await _remote.TryRunAsync(
                ["push", "--quiet", "--no-recurse-submodules", "--", remote, $"{commit}:refs/heads/{branch}"],
                cancellation
            );
            pushes++;
            if (answer.ExitCode == 0)
                return new(branch, source, commit, paths, pushes, grades);
            // Somebody was quicker, it may not be, or it was taken and the answer was lost: the branch tells.
            var now = await FetchAsync(branch, cancellation);
            if (now == commit)
                return new(branch, source, commit, paths, pushes, grades);
            refusals = now == source ? refusals + 1 : 0;
            if (refusals == MostRefusals)
                throw new ConcordException(
                    "push-refused",
                    $"'{remote}' refused the consensus: {RemoteBranches.Words(answer)}.",
                    $"Let this identity push to {branch}, as a rule of the branch may; or run 'concord consensus --write', commit, and open a pull request."
                );
            if (pushes == MostPushes)
                throw new ConcordException(
                    "branch-busy",
                    $"Each of {MostPushes} times somebody else pushed to {branch} first.",
                    "Nothing was lost. Run the command again when it is quieter."
                );
            say(now == source ? $"{branch} could not be moved; trying again." : $"{branch} has moved; counting again.");
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), time, cancellation);
            source = await FetchAsync(branch, cancellation);
        }
    }

    private async Task<string> FetchAsync(string branch, CancellationToken cancellation)
    {
        await RemoteBranches.FetchAsync(
            _remote,
            remote,
            [$"+refs/heads/{branch}:{_seen}"],
            "Nothing was changed. Mend what git says (--branch names another branch), or wait for the network, then run the command again.",
            cancellation
        );
        return await repository.ResolveAsync(_seen, cancellation);
    }

    /// <summary>The files that are other than at a commit, as its grades make them.</summary>
    private async Task<(IReadOnlyList<(string Path, byte[] Bytes)> Changed, string Message, int Grades)> ConsensusAsync(
        string source,
        CancellationToken cancellation
    )
    {
        using var tree = await repository.OpenTreeAsync(source, say, cancellation);
        var consensus = CommitConsensus.Of(repository, tree, cancellation);
        return (
            consensus.Behind,
            string.Create(
                CultureInfo.InvariantCulture,
                $"consensus: {consensus.Grades} grades by {consensus.Graders} graders\n\nSource: {source}\n"
            ),
            consensus.Grades
        );
    }

    private async Task<string> CommitAsync(
        string source,
        IReadOnlyList<(string Path, byte[] Bytes)> files,
        string message,
        CancellationToken cancellation
    )
    {
        var edit = new TreeEdit(repository.Git);
        var entries = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (path, bytes) in files)
            entries[repository.Prefix + path] = await edit.BlobAsync(bytes, cancellation);
        var tree = await edit.OfAsync(source, entries, cancellation);
        var git = new GitCommand(repository.Root) { Environment = author?.Variables ?? [] };
        return (await git.RunAsync(["commit-tree", tree, "-p", source, "-F", "-"], cancellation, message)).Trim();
    }
}
