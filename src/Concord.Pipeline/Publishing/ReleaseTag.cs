using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Publishing;

/// <summary>A tag at a remote: looked for, made, and never moved.</summary>
/// <param name="repository">A clone.</param>
/// <param name="git">How the remote is asked.</param>
/// <param name="remote">Its name.</param>
internal sealed partial class ReleaseTag(GitRepository repository, RemoteGit git, string remote)
{
    /// <summary>A name that git takes for a tag and GitHub for a part of a file's name.</summary>
    /// <exception cref="ConcordException">It is none.</exception>
    public static string Checked(string tag) =>
        Form().IsMatch(tag) && !tag.Contains("..", StringComparison.Ordinal) && !tag.EndsWith(".lock", StringComparison.Ordinal)
            ? tag
            : throw new ConcordException(
                "wrong-tag",
                $"'{PlainText.Of(tag)}' cannot be a release's tag.",
                "Take letters, digits, dots, hyphens and underscores, such as v1.2.0."
            );

    /// <summary>Whether the remote has the tag at the commit.</summary>
    /// <returns>False where it has none of that name.</returns>
    /// <exception cref="ConcordException">It is at another commit, or the remote does not answer.</exception>
    public async Task<bool> IsThereAsync(string tag, string commit, CancellationToken cancellation)
    {
        var name = $"refs/tags/{tag}";
        var answer = await git.TryRunAsync(["ls-remote", "--", remote, name, $"{name}^{{}}"], cancellation);
        if (answer.ExitCode != 0)
            throw new ConcordException(
                "remote-unreachable",
                $"The remote '{RemoteGit.Sealed(remote)}' cannot be read: {RemoteBranches.Words(answer)}.",
                "Nothing was changed. Mend what git says, or wait for the network, then run the command again."
            );
        // A tag with a message is an object of its own; the line with ^{} says what it is of, and comes last.
        var at = answer
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('\t'))
            .Where(l => l.Length == 2 && l[1].StartsWith(name, StringComparison.Ordinal))
            .Select(l => l[0])
            .LastOrDefault();
        return at is null ? false
            : at == commit ? true
            : throw new ConcordException(
                "tag-elsewhere",
                $"The tag {tag} is at {at[..7]} and not at {commit[..7]}; it is not moved.",
                $"Take another tag, or release the tag's own commit with --at {at[..7]}."
            );
    }

    /// <summary>Makes sure that a branch has the commit: what is not there would be published by the tag.</summary>
    /// <exception cref="ConcordException">It has not.</exception>
    public async Task CheckBranchAsync(string commit, string seen, CancellationToken cancellation)
    {
        if ((await repository.Git.TryRunAsync(["merge-base", "--is-ancestor", commit, seen], cancellation)).ExitCode != 0)
            throw new ConcordException(
                "not-pushed",
                $"{commit[..7]} is not on the default branch of '{RemoteGit.Sealed(remote)}'.",
                "Push it there first, or release a commit of that branch with --at."
            );
    }

    /// <summary>Makes it. A push without force makes a tag or fails, so of two at once one wins and the other is told.</summary>
    /// <exception cref="ConcordException">The remote refused.</exception>
    public async Task MakeAsync(string tag, string commit, CancellationToken cancellation)
    {
        var answer = await git.TryRunAsync(
            ["push", "--quiet", "--no-recurse-submodules", "--", remote, $"{commit}:refs/tags/{tag}"],
            cancellation
        );
        // Refused, taken with the answer lost, or made by somebody else meanwhile: the remote tells.
        if (answer.ExitCode != 0 && !await IsThereAsync(tag, commit, cancellation))
            throw new ConcordException(
                "push-refused",
                $"'{RemoteGit.Sealed(remote)}' refused the tag {tag}: {RemoteBranches.Words(answer)}.",
                "Let this identity make tags, or make the tag by hand; then run the command again."
            );
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?\z")]
    private static partial Regex Form();
}
