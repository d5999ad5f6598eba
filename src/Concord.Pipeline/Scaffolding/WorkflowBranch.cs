using System.Text;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Scaffolding;

/// <summary>
/// The branch on whose pushes a workspace's workflows run. GitHub reads no expression there; and a test of each push in the jobs
/// instead would let a push to any branch take the place of a waiting run, so the name is written down.
/// </summary>
public static class WorkflowBranch
{
    private const string InTemplate = "    branches: [main] # the default branch\n";

    /// <summary>The branch that becomes the default: the remote's, where a clone knows it, else the one that is checked out.</summary>
    public static async Task<string> OfAsync(GitCommand git, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(git);
        if (await RemoteBranches.RememberedAsync(git, "origin", cancellation) is { } known)
            return known;
        var head = await git.TryRunAsync(["symbolic-ref", "--quiet", "--short", "HEAD"], cancellation);
        return head.ExitCode == 0 ? head.Text.Trim() : "main";
    }

    /// <summary>A file of the template for that branch; one that names no branch stays as it is.</summary>
    public static byte[] In(byte[] file, string branch)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(branch);
        // Of the signs that patterns give a meaning, these are all that a branch's name can have.
        var pattern = branch.Replace("+", @"\+", StringComparison.Ordinal);
        if (pattern.StartsWith('!'))
            pattern = @"\" + pattern;
        return Names(file)
            ? Encoding.UTF8.GetBytes(
                Encoding
                    .UTF8.GetString(file)
                    .Replace(
                        InTemplate,
                        $"    branches: [{YamlText.Of(pattern)}] # the default branch\n",
                        StringComparison.Ordinal
                    )
            )
            : file;
    }

    /// <summary>Whether a file of the template names the branch.</summary>
    public static bool Names(byte[] file) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(InTemplate)) >= 0;
}
