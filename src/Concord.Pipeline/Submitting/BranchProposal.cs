using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.GitHub;

namespace Concord.Pipeline.Submitting;

/// <summary>The pull request of a branch that was pushed: opened, brought up to date, or left to the user with the page for it.</summary>
/// <param name="options">How.</param>
/// <param name="repository">The repository here.</param>
/// <param name="remotes">Where it goes, and where the branch is.</param>
/// <param name="into">The default branch.</param>
internal sealed class BranchProposal(SubmitOptions options, GitRepository repository, SubmitRemotes remotes, string into)
{
    public async Task<SubmitResult> OfAsync(SubmitPlan plan, string said, Func<Task<string>> text, CancellationToken cancellation)
    {
        using var to = await Forge.OfAsync(options, repository, remotes.Into, push: false, cancellation);
        using var from = await Forge.OfAsync(options, repository, remotes.Push!, push: true, cancellation);
        var page = to.PageOf(into, from, plan.Branch, said);
        var where = RemoteGit.Sealed(remotes.Push!);
        var pushed = plan.Remote == plan.Commit ? $"'{where}' has it already" : $"Pushed to '{where}'";
        try
        {
            if (await to.ClientAsync(cancellation) is { } client)
                return await SubmitAsync(client, to, from, plan, await text(), cancellation);
        }
        catch (ConcordException e)
        {
            // It is pushed all the same, and can be gone on with here or by hand.
            throw new ConcordException(
                [
                    .. e.Problems.Select(p =>
                        p with
                        {
                            Mend =
                                $"{p.Mend} The branch {plan.Branch} is pushed{(page is null ? "." : $"; by hand, a pull request is opened at {page}")}",
                        }
                    ),
                ]
            );
        }
        var draft = options.Draft ? " Choose there that it is a draft: --draft does so only with a token for GitHub." : "";
        return new(
            plan.Session,
            plan.Subject,
            true,
            page,
            (
                page is null ? $"{pushed}. Open a pull request from {plan.Branch} for {into} where the repository is kept."
                : to.IsGitHub
                    ? $"{pushed}. Open the pull request on this page; with a token (GH_TOKEN, or 'gh auth login') Concord does it."
                : $"{pushed}. Open the request to merge it on this page."
            ) + draft,
            plan.Notes
        );
    }

    private async Task<SubmitResult> SubmitAsync(
        GitHubClient client,
        Forge to,
        Forge from,
        SubmitPlan plan,
        string text,
        CancellationToken cancellation
    )
    {
        options.Say("Opening the pull request, or bringing it up to date.");
        var (target, parent) = await NameAsync(client, to, cancellation);
        var head = from.Address == to.Address ? target : (await NameAsync(client, from, cancellation)).Name;
        var pulls = client.PullRequestsOf(target);
        var there = await pulls.FindAsync(head, plan.Branch, into, cancellation);
        var submitted = await pulls.SubmitAsync(
            new(head, plan.Branch, into, ProposalText.Titled(there?.Title, plan.Subject), ProposalText.Placed(there?.Body, text))
            {
                Draft = options.Draft,
            },
            cancellation
        );
        var done = submitted.Outcome switch
        {
            PullRequestOutcome.Opened => options.Draft ? "A draft of a pull request is open" : "The pull request is open",
            PullRequestOutcome.Updated => "The pull request is brought up to date",
            PullRequestOutcome.Unchanged => "The pull request is as it should be",
            _ => throw new ArgumentOutOfRangeException(nameof(plan), submitted.Outcome, null),
        };
        var undrafted =
            options.Draft && !submitted.PullRequest.Draft
                ? " It stays no draft: that is chosen when it is opened, or on its page."
                : "";
        var within = parent is null
            ? ""
            : $" It is within {target}, a fork; for {parent} itself, add that as the remote 'upstream' and submit with --fork.";
        return new(
            plan.Session,
            plan.Subject,
            true,
            new(submitted.PullRequest.HtmlUrl),
            $"{done}.{undrafted}{within}",
            plan.Notes
        );
    }

    // An old name leads to the present one, which is what pull requests have.
    private static async Task<(RepositoryName Name, string? Parent)> NameAsync(
        GitHubClient client,
        Forge forge,
        CancellationToken cancellation
    )
    {
        var name =
            forge.Address?.Repository
            ?? throw new ConcordException(
                "no-repository-name",
                "The remote that branches are pushed to is no repository on GitHub.",
                "Open the pull request by hand, or push to a fork with --fork."
            );
        var hosted = await client.RepositoryAsync(name, cancellation);
        return (
            RepositoryName.TryParse(hosted.FullName, out var present) ? present : name,
            hosted.Fork ? hosted.Parent?.FullName : null
        );
    }
}
