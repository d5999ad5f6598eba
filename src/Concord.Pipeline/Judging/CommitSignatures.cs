using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Judging;

/// <summary>Whose signatures the commits of a pull request carry, where somebody said whose keys to trust.</summary>
/// <param name="Commits">How many commits there are.</param>
/// <param name="Verified">How many have a good signature of a listed key.</param>
/// <param name="WithSignature">How many have any signature.</param>
/// <param name="Signers">The names of the listed keys that signed, sorted.</param>
public sealed record CommitSignatures(int Commits, int Verified, int WithSignature, IReadOnlyList<string> Signers)
{
    /// <summary>Where a repository lists the keys of its people, as ssh-keygen reads them.</summary>
    public const string KeysFile = ".github/allowed_signers";

    // Each signature is checked by a program of its own.
    private const int MostCommits = 250;
    private const string Setting = "gpg.ssh.allowedSignersFile";

    /// <summary>Looks at the signatures of a range.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="baseCommit">The base, whose list of keys holds: a full id.</param>
    /// <param name="head">The head: a full id.</param>
    /// <param name="say">Takes a sentence where libgit2 could not be used.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null where no keys are listed, neither in the base nor in git's settings, or there are too many commits.</returns>
    public static async Task<CommitSignatures?> OfAsync(
        GitRepository repository,
        string baseCommit,
        string head,
        Action<string> say,
        CancellationToken cancellation
    )
    {
        using var tree = await (repository with { Prefix = "" }).OpenTreeAsync(baseCommit, say, cancellation);
        if (tree.Read(KeysFile) is not { } keys)
            return (await repository.Git.TryRunAsync(["config", "--get", Setting], cancellation)).ExitCode == 0
                ? await ReadAsync(repository, [], baseCommit, head, cancellation)
                : null;
        var folder = Directory.CreateTempSubdirectory("concord-keys-");
        try
        {
            var file = Path.Combine(folder.FullName, "allowed_signers");
            AtomicFile.Replace(file, keys);
            return await ReadAsync(repository, ["-c", $"{Setting}={file}"], baseCommit, head, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<CommitSignatures?> ReadAsync(
        GitRepository repository,
        string[] settings,
        string baseCommit,
        string head,
        CancellationToken cancellation
    )
    {
        // Other kinds of signatures would start programs that may ask the network for keys.
        var log = await repository.Git.RunAsync(
            [
                .. settings,
                "-c",
                "gpg.program=false",
                "-c",
                "gpg.x509.program=false",
                "log",
                "-z",
                $"--max-count={MostCommits + 1}",
                "--format=%G?%x00%GS",
                $"{baseCommit}..{head}",
                "--",
            ],
            cancellation
        );
        var commits = log.Split('\0').Chunk(2).Where(c => c.Length == 2).Select(c => (State: c[0], Signer: c[1])).ToArray();
        if (commits.Length is 0 or > MostCommits)
            return null;
        // G: good, of a listed key. N: none.
        return new(
            commits.Length,
            commits.Count(c => c.State == "G"),
            commits.Count(c => c.State != "N"),
            [.. commits.Where(c => c.State == "G").Select(c => c.Signer).Distinct().Order(StringComparer.Ordinal)]
        );
    }
}
