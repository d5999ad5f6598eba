using Concord.Core.Domain;
using Concord.Pipeline.Checking;
using Concord.Pipeline.Git;

namespace Concord.App.Commands;

/// <summary>Files that a pull request and its base have both changed since they parted, otherwise than each other.</summary>
internal static class ChangedTwice
{
    /// <summary>One warning a file; none of <c>consensus/</c>, which is made anew.</summary>
    /// <param name="repository">The workspace's repository.</param>
    /// <param name="partedAt">The commit that both began from: a full id.</param>
    /// <param name="baseCommit">The base as it is now: a full id.</param>
    /// <param name="changes">What the pull request changes since then.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IEnumerable<Problem>> OfAsync(
        GitRepository repository,
        string partedAt,
        string baseCommit,
        IReadOnlyList<TreeChange> changes,
        CancellationToken cancellation
    )
    {
        if (partedAt == baseCommit)
            return [];
        var since = (await TreeChange.BetweenAsync(repository.Git, partedAt, baseCommit, cancellation)).ToDictionary(
            c => c.Path,
            c => c.NewId,
            StringComparer.Ordinal
        );
        return changes
            .Where(c => since.TryGetValue(c.Path, out var id) && id != c.NewId)
            .Select(c => ProposalShape.Within(c.Path, repository.Prefix))
            .Where(p => !p.StartsWith("consensus/", StringComparison.Ordinal))
            .Select(p => new Problem(
                Severity.Warning,
                "changed-twice",
                p,
                null,
                null,
                "The base has changed this file too since the pull request began; numbers here are of the pull request's file.",
                "Merge the base into the branch, or rebase it."
            ));
    }
}
