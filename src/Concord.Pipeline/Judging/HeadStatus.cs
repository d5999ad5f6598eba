using Concord.Pipeline.GitHub;

namespace Concord.Pipeline.Judging;

/// <summary>
/// The line beside the head of a pull request. It belongs to the commit, which several pull requests may have at their head, into
/// several branches and by several people; so each branch has a line of its own, and on it the commit is good if it is by one of them.
/// </summary>
/// <param name="client">GitHub.</param>
/// <param name="repository">The repository.</param>
/// <param name="judge">Judges the same commits as another pull request's.</param>
/// <param name="page">The run's page; null where there is none.</param>
internal sealed class HeadStatus(GitHubClient client, RepositoryName repository, Func<Proposal, Task<Judgement>> judge, Uri? page)
{
    private const string Context = "concord";

    // Anybody can open more of them.
    private const int MostOthers = 5;

    /// <summary>Writes it.</summary>
    /// <param name="pull">The pull request.</param>
    /// <param name="judgement">What was found of it.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task SetAsync(PullRequest pull, Judgement judgement, CancellationToken cancellation)
    {
        var usual = pull.Base.Repo?.DefaultBranch ?? (await client.RepositoryAsync(repository, cancellation)).DefaultBranch;
        var holds = judgement.Passed ? judgement : await GoodAsync(pull, judgement.Proposal, cancellation) ?? judgement;
        await client.SetStatusAsync(
            repository,
            judgement.Proposal.Head,
            new(
                holds.Passed ? CommitState.Success : CommitState.Failure,
                // What may go into another branch may not into the one that is protected.
                pull.Base.Ref == usual
                    ? Context
                    : $"{Context}/{pull.Base.Ref}",
                holds.Line
            )
            {
                Target = page,
            },
            cancellation
        );
    }

    /// <summary>A pull request's commits as its author proposes them.</summary>
    public static Proposal By(PullRequest pull, Proposal commits) =>
        commits with
        {
            Number = pull.Number,
            Author = pull.User?.Login,
            IsFromInside =
                pull.Head.Repo is { } from
                && pull.Base.Repo is { } to
                && RepositoryName.TryParse(to.FullName, out var into)
                && from.Is(into),
            // Where GitHub does not say which is the default, nothing is taken to be for it.
            IsForAnotherBranch = pull.Base.Ref != pull.Base.Repo?.DefaultBranch,
            IsDraft = pull.Draft,
        };

    // Who proposes somebody's commit again is refused, which says nothing against the commit in the hands of whose it is. It takes
    // somebody who may propose it, and then it is good whoever else does.
    private async Task<Judgement?> GoodAsync(PullRequest pull, Proposal refused, CancellationToken cancellation)
    {
        var all = await client.PullRequestsOf(repository).OfCommitAsync(refused.Head, pull.Base.Ref, cancellation);
        var others = all.Select(p => By(p, refused))
            .DistinctBy(p => (p.Author, p.IsFromInside))
            .Where(p => (p.Author, p.IsFromInside) != (refused.Author, refused.IsFromInside))
            .Take(MostOthers);
        foreach (var other in others)
            if (await judge(other) is { Passed: true } good)
                return good;
        return null;
    }
}
