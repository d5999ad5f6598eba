using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.GitHub;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Judging;

/// <summary>How <see cref="CommentRun"/> works.</summary>
/// <param name="Root">The workspace, in a clone that can fetch from its repository.</param>
/// <param name="EventFile">GitHub's event <c>workflow_run</c>.</param>
/// <param name="Folder">What the run left, which may be a stranger's; null where nothing is compared.</param>
/// <param name="Version">Concord's version, for the user agent.</param>
/// <param name="Variable">Reads the environment.</param>
/// <param name="Time">The clock of waits.</param>
/// <param name="Say">Takes what a person would want to know.</param>
public sealed record CommentOptions(
    string Root,
    string EventFile,
    string? Folder,
    string Version,
    Func<string, string?> Variable,
    TimeProvider Time,
    Action<string> Say
);

/// <summary>What was done for one pull request.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Judgement">What was found.</param>
/// <param name="MergedAs">The commit on the base; null where it was not merged.</param>
/// <param name="NotMerged">Why it was not, though the rule says so; null otherwise.</param>
public sealed record CommentOutcome(long Number, Judgement Judgement, string? MergedAs, string? NotMerged);

/// <summary>
/// Follows a run without rights, with a token that writes: finds the pull request as GitHub knows it, judges it anew from git, and
/// puts comment, labels and status there. Nothing that the run left decides anything: whoever proposes can also change what runs.
/// </summary>
public static class CommentRun
{
    private const string Marker = "concord-check";
    private const string BaseRef = "refs/concord/ci/base";
    private const string HeadRef = "refs/concord/ci/head";

    private static readonly Label[] Labels =
    [
        new(Judgement.Grades) { Color = "0e8a16", Description = "Brings grades" },
        new(Judgement.NeedsAnotherGrader) { Color = "fbca04", Description = "Outputs in it need another grader" },
    ];

    /// <summary>Does all that a finished run asks for.</summary>
    /// <param name="options">How.</param>
    /// <param name="judge">Judges a pull request whose commits are in the clone.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>None where the pull request was closed or pushed to since: its next run follows.</returns>
    /// <exception cref="ConcordException">GitHub or git refuses.</exception>
    public static async Task<IReadOnlyList<CommentOutcome>> RunAsync(
        CommentOptions options,
        Func<GitRepository, Proposal, CancellationToken, Task<Judgement>> judge,
        CancellationToken cancellation
    )
    {
        var run = ProposalEvent.ReadRun(options.EventFile);
        if (run.Event != "pull_request")
        {
            options.Say($"The run was for '{PlainText.Of(run.Event)}', not for a pull request: nothing to do.");
            return [];
        }
        if (!RepositoryName.TryParse(run.Repository, out var name))
            throw new ConcordException("wrong-event", "The event names no repository.", "Name the file of GITHUB_EVENT_PATH.");
        using var http = PlainHttp.New(options.Version);
        var client = await ClientAsync(options, name, http, cancellation);
        var pulls = await client
            .RunsOf(name)
            .PullRequestsAsync(
                new(0, run.Event, run.HeadSha) { HeadBranch = run.HeadBranch, HeadRepository = new(run.HeadRepository, "") },
                cancellation
            );
        if (pulls.Count == 0)
            options.Say("No open pull request has this commit as its head: it was closed or pushed to since.");
        var repository = await GitRepository.FindAsync(options.Root, cancellation);
        var outcomes = new List<CommentOutcome>();
        foreach (var pull in pulls)
            if (await FetchedAsync(repository, pull, options, cancellation) is { } proposal)
                outcomes.Add(
                    await FollowAsync(
                        client,
                        name,
                        run,
                        pull,
                        await JudgedAsync(proposal with { Repository = name.ToString() }),
                        JudgedAsync,
                        options,
                        cancellation
                    )
                );
        return outcomes;

        Task<Judgement> JudgedAsync(Proposal proposal) => judge(repository, proposal, cancellation);
    }

    private static async Task<CommentOutcome> FollowAsync(
        GitHubClient client,
        RepositoryName name,
        FinishedRun run,
        PullRequest pull,
        Judgement judgement,
        Func<Proposal, Task<Judgement>> judge,
        CommentOptions options,
        CancellationToken cancellation
    )
    {
        if (options.Folder is { } folder && JudgementClaim.Difference(folder, pull.Number, judgement) is { } difference)
            options.Say(difference);
        foreach (var label in Labels.Where(l => judgement.Labels.Contains(l.Name)))
            await client.LabelsOf(name).EnsureAsync(label, cancellation);
        await client.LabelsOf(name).SetAsync(pull.Number, judgement.Labels, judgement.OtherLabels, cancellation);
        await new HeadStatus(client, name, judge, Uri.TryCreate(run.Page, UriKind.Absolute, out var page) ? page : null).SetAsync(
            pull,
            judgement,
            cancellation
        );
        var merge = judgement.IsMergedByRule
            ? await MergedAsync(client.PullRequestsOf(name), pull, judgement.Proposal.Head, cancellation)
            : null;
        var outcome = new CommentOutcome(
            pull.Number,
            judgement,
            (merge as MergeOutcome.Merged)?.Sha,
            merge switch
            {
                MergeOutcome.NotMergeable { Words: var words } => words,
                MergeOutcome.HeadMoved { Words: var words } => words,
                _ => null,
            }
        );
        await (await client.CommentsOfAsync(name, cancellation)).PutAsync(
            pull.Number,
            Marker,
            JudgementComment.Of(judgement, outcome.NotMerged),
            cancellation
        );
        return outcome;
    }

    // GitHub holds on to the head that is named, and to nothing else: its author may have turned it to another branch meanwhile.
    private static async Task<MergeOutcome> MergedAsync(
        PullRequests pulls,
        PullRequest judged,
        string head,
        CancellationToken cancellation
    )
    {
        var now = await pulls.GetAsync(judged.Number, cancellation);
        return now.IsOpen && !now.Draft && now.Base.Ref == judged.Base.Ref
            ? await pulls.MergeAsync(judged.Number, head, MergeMethod.Merge, cancellation)
            : new MergeOutcome.HeadMoved("It was closed, made a draft or turned to another branch while it was judged.");
    }

    // Objects only: nothing is checked out. The base is its branch as it is now, not as it was when the pull request began.
    private static async Task<Proposal?> FetchedAsync(
        GitRepository repository,
        PullRequest pull,
        CommentOptions options,
        CancellationToken cancellation
    )
    {
        await RemoteBranches.FetchAsync(
            RemoteGit.Unattended(repository.Root),
            "origin",
            [$"+refs/heads/{pull.Base.Ref}:{BaseRef}", $"+refs/pull/{pull.Number}/head:{HeadRef}"],
            "Nothing was changed. Mend what git says, or wait for the network, then run the workflow again.",
            cancellation
        );
        if (await repository.ResolveAsync(HeadRef, cancellation) is var head && head != pull.Head.Sha)
        {
            options.Say($"The head of pull request {pull.Number} is {head} now: its next run follows.");
            return null;
        }
        return HeadStatus.By(pull, new(await repository.ResolveAsync(BaseRef, cancellation), head));
    }

    private static async Task<GitHubClient> ClientAsync(
        CommentOptions options,
        RepositoryName name,
        HttpClient http,
        CancellationToken cancellation
    )
    {
        var server = options.Variable("GITHUB_SERVER_URL") is { Length: > 0 } url
            ? url.TrimEnd('/')
            : $"https://{GitHubHost.Public}";
        var address =
            RemoteAddress.TryParse($"{server}/{name}")
            ?? throw new ConcordException(
                "wrong-event",
                $"GITHUB_SERVER_URL is no address: '{server}'.",
                "Unset it, or correct it."
            );
        var host = GitHubHost.Of(address, options.Variable);
        var token =
            await new TokenSearch(options.Variable, options.Root).FindAsync(host, name, cancellation)
            ?? throw new ConcordException(
                "no-token",
                "There is no token, and comments need one.",
                "Give the step 'GH_TOKEN: ${{ github.token }}', and its job 'permissions: {contents: write, pull-requests: write, statuses: write}'."
            );
        return new(new(http, host, token, options.Time, options.Say));
    }
}
