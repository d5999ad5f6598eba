using Concord.Core.Domain;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Submitting;

/// <summary>Where pull requests go, and where branches are pushed.</summary>
/// <param name="Into">The remote whose default branch has what was handed in.</param>
/// <param name="Push">The remote, or the address, that branches are pushed to; null where a fork has to be made first.</param>
internal sealed record SubmitRemotes(string Into, string? Push)
{
    private const string Usual = "origin";
    private const string OfOthers = "upstream";

    /// <summary>Chooses by git's settings and by custom: <c>origin</c>, and <c>upstream</c> where origin is a fork of it.</summary>
    /// <exception cref="ConcordException">There is no remote, or several of no known name.</exception>
    public static async Task<SubmitRemotes> FindAsync(GitCommand git, bool fork, CancellationToken cancellation)
    {
        string[] remotes = [.. (await git.RunAsync(["remote"], cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        var named = (await git.TryRunAsync(["config", "--get", "remote.pushDefault"], cancellation)).Text.Trim();
        var pushDefault = remotes.Contains(named) ? named : null;
        if (remotes.Length == 0)
            throw new ConcordException(
                "no-remote",
                "This clone has no remote, so there is nowhere to hand grades in.",
                "Add the repository that the benchmark is kept in: git remote add origin URL."
            );
        var origin =
            remotes.Contains(Usual) ? Usual
            : remotes is [var only] ? only
            : pushDefault
                ?? throw new ConcordException(
                    "which-remote",
                    $"This clone has {remotes.Length} remotes, and none is called '{Usual}'.",
                    "Say which: git config remote.pushDefault NAME."
                );
        if (!fork)
            return new(origin, pushDefault ?? origin);
        var into = remotes.Contains(OfOthers) ? OfOthers : origin;
        return new(
            into,
            pushDefault is not null && pushDefault != into ? pushDefault
                : into != origin ? origin
                : remotes.Contains("fork") ? "fork"
                : null
        );
    }

    /// <summary>A remote's addresses: as it is written, and as git takes it.</summary>
    public static async Task<IReadOnlyList<string>> AddressesAsync(
        GitCommand git,
        string remote,
        bool push,
        CancellationToken cancellation
    )
    {
        var written = await git.TryRunAsync(["config", "--get", $"remote.{remote}.url"], cancellation);
        var taken = await git.TryRunAsync(
            push ? ["remote", "get-url", "--push", remote] : ["remote", "get-url", remote],
            cancellation
        );
        return
        [
            .. new[] { taken, written }
                .Where(r => r.ExitCode == 0)
                .Select(r => r.Text.Trim())
                .DefaultIfEmpty(remote)
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
