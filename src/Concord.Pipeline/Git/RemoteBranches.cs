using Concord.Core.Domain;

namespace Concord.Pipeline.Git;

/// <summary>What a remote has now.</summary>
/// <param name="Default">The name of the default branch.</param>
/// <param name="Commit">Where it is.</param>
/// <param name="Branches">The branches that were asked for, by name, with their commits.</param>
public sealed record RemoteBranches(string? Default, string? Commit, IReadOnlyDictionary<string, string> Branches)
{
    private const string Heads = "refs/heads/";

    private static readonly string[] Usual = ["main", "master"];

    /// <summary>Asks the remote.</summary>
    /// <param name="git">How.</param>
    /// <param name="remote">Its name, or address.</param>
    /// <param name="pattern">Which branches, such as <c>grading/ada-*</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">It does not answer.</exception>
    public static async Task<RemoteBranches> AskAsync(
        RemoteGit git,
        string remote,
        string pattern,
        CancellationToken cancellation
    )
    {
        var answer = await git.TryRunAsync(
            ["ls-remote", "--symref", remote, "HEAD", .. Usual.Select(u => Heads + u), Heads + pattern],
            cancellation
        );
        if (answer.ExitCode != 0)
            throw new ConcordException(
                "remote-unreachable",
                $"The remote '{RemoteGit.Sealed(remote)}' cannot be read: {Words(answer)}.",
                "Nothing is lost, and nothing was changed. Mend what git says, or wait for the network, then run the command again."
            );
        string? named = null;
        string? head = null;
        var branches = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t') is not [var what, var name])
                continue;
            if (what.StartsWith("ref: " + Heads, StringComparison.Ordinal) && name == "HEAD")
                named = what[("ref: " + Heads).Length..];
            else if (name == "HEAD")
                head = what;
            else if (name.StartsWith(Heads, StringComparison.Ordinal))
                branches[name[Heads.Length..]] = what;
        }
        // Old servers do not say what HEAD is, and HEAD may lead nowhere.
        named = head is null || named is null ? Usual.FirstOrDefault(branches.ContainsKey) : named;
        return new(named, named is null ? null : branches.GetValueOrDefault(named) ?? head, branches);
    }

    // Git's own advice, in two lines; ours follows.
    private static readonly string[] Advice =
    [
        "Please make sure you have the correct access rights",
        "and the repository exists.",
    ];

    /// <summary>A remote's default branch as a clone last heard of it, without asking; null where it never did.</summary>
    public static async Task<string?> RememberedAsync(GitCommand git, string remote, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(git);
        var known = await git.TryRunAsync(["symbolic-ref", "--quiet", "--short", $"refs/remotes/{remote}/HEAD"], cancellation);
        return known.ExitCode == 0 && known.Text.Trim() is var name && name.StartsWith(remote + "/", StringComparison.Ordinal)
            ? name[(remote.Length + 1)..]
            : null;
    }

    /// <summary>Fetches objects and the refs that are asked for: no tags, no submodules, no other branches.</summary>
    /// <param name="git">Asks the remote.</param>
    /// <param name="remote">Its name or address.</param>
    /// <param name="refspecs">What is fetched, to where.</param>
    /// <param name="mend">What to do where that fails.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">The remote gave them not.</exception>
    public static async Task FetchAsync(
        RemoteGit git,
        string remote,
        IEnumerable<string> refspecs,
        string mend,
        CancellationToken cancellation
    )
    {
        var answer = await git.TryRunAsync(
            [
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-recurse-submodules",
                "--no-write-fetch-head",
                "--refmap=",
                "--",
                remote,
                .. refspecs,
            ],
            cancellation
        );
        if (answer.ExitCode != 0)
            throw new ConcordException(
                "remote-unreachable",
                $"Fetching from '{RemoteGit.Sealed(remote)}' failed: {Words(answer)}.",
                mend
            );
    }

    /// <summary>What git said, on one line, without a stop at its end: the sentence around it has one.</summary>
    public static string Words(GitResult result) =>
        PlainText
            .Of(
                string.Join(
                    "; ",
                    (result.Error.Length > 0 ? result.Error : result.Text)
                        .Split('\n')
                        .Select(l => l.Trim())
                        .Where(l => l.Length > 0 && !Advice.Contains(l))
                        .DefaultIfEmpty($"git ended with exit code {result.ExitCode} and said nothing")
                )
            )
            .TrimEnd('.');
}
