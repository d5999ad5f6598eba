using Concord.Core.Domain;
using Concord.Pipeline.Checking;
using Concord.Pipeline.Git;
using Concord.Pipeline.Scaffolding;
using Concord.Pipeline.Trees;

namespace Concord.App.Commands;

/// <summary>Whether <c>.github/CODEOWNERS</c> followed the graders: else reviews are asked of people who are gone, or of nobody.</summary>
internal static class CodeOwnersCheck
{
    /// <summary>Of a commit, or of the files as they lie.</summary>
    /// <param name="repository">The workspace's repository.</param>
    /// <param name="workspace">The workspace's files.</param>
    /// <param name="commit">The commit whose file is meant, by its full id; null for the file as it lies.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Problem>> OfAsync(
        GitRepository repository,
        FileTree workspace,
        string? commit,
        CancellationToken cancellation
    )
    {
        using var top = commit is null
            ? new WorkTree(repository.Root)
            // Why libgit2 could not be used was said when the workspace was opened.
            : await (repository with { Prefix = "" }).OpenTreeAsync(commit, _ => { }, cancellation);
        return CodeOwners.IsBehind(workspace, top, repository.Prefix)
            ?
            [
                new(
                    Severity.Warning,
                    "codeowners-behind",
                    ProposalShape.Within(CodeOwners.Path, repository.Prefix),
                    null,
                    null,
                    "The part that Concord wrote is of other graders than graders.yaml has.",
                    "Run 'concord doctor --fix' and commit the file; where somebody proposes himself, a lead does so after the merge."
                ),
            ]
            : [];
    }
}
