using Concord.Core.Domain;

namespace Concord.Pipeline.GitHub;

/// <summary>The pull requests of a repository.</summary>
internal sealed class PullRequests(GitHubWire wire, RepositoryName repository)
{
    /// <summary>GitHub lists no more files of one pull request than this.</summary>
    public const int MostFiles = 3000;

    /// <summary>Reads one.</summary>
    public Task<PullRequest> GetAsync(long number, CancellationToken cancellation) =>
        wire.SendAsync(
            new(HttpMethod.Get, $"repos/{repository}/pulls/{number}", $"read the pull request {repository}#{number}"),
            GitHubJson.Default.PullRequest,
            cancellation
        );

    /// <summary>The open one of a branch.</summary>
    /// <param name="head">The repository that has the branch.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="into">The branch that it is for; null for any.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null where there is none.</returns>
    public async Task<PullRequest?> FindAsync(RepositoryName head, string branch, string? into, CancellationToken cancellation) =>
        await ListAsync(head, branch, into, cancellation) is [var first, ..] ? first : null;

    /// <summary>The open ones of a branch: one for each branch that it is for.</summary>
    public async Task<IReadOnlyList<PullRequest>> ListAsync(
        RepositoryName head,
        string branch,
        string? into,
        CancellationToken cancellation
    )
    {
        // Without its owner a branch does not filter; another fork of the same owner does not count.
        var query = $"state=open&head={Uri.EscapeDataString($"{head.Owner}:{branch}")}";
        if (into is not null)
            query += $"&base={Uri.EscapeDataString(into)}";
        var all = await wire.ListAsync(
            new(HttpMethod.Get, $"repos/{repository}/pulls?{query}&per_page=100", $"list the pull requests of {repository}"),
            GitHubJson.Default.PullRequestArray,
            page => page,
            cancellation
        );
        return [.. all.Where(p => p.IsOpen && p.ComesFrom(head, branch) && (into is null || p.Base.Ref == into))];
    }

    /// <summary>The open ones for a branch that have a commit at their head, whichever branches that is on, the oldest first.</summary>
    public async Task<IReadOnlyList<PullRequest>> OfCommitAsync(string sha, string into, CancellationToken cancellation)
    {
        var all = await wire.ListAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/pulls?state=open&base={Uri.EscapeDataString(into)}&per_page=100",
                $"list the pull requests of {repository}"
            ),
            GitHubJson.Default.PullRequestArray,
            page => page,
            cancellation
        );
        return [.. all.Where(p => p.IsOpen && p.Head.Sha == sha && p.Base.Ref == into).OrderBy(p => p.Number)];
    }

    /// <summary>Opens one, or brings the title and text of the open one up to date.</summary>
    public async Task<SubmittedPullRequest> SubmitAsync(NewPullRequest wanted, CancellationToken cancellation)
    {
        var found = await FindAsync(wanted.Head, wanted.Branch, wanted.Into, cancellation);
        if (found is null)
        {
            (found, var isNew) = await OpenAsync(wanted, cancellation);
            if (isNew)
                return new(found, PullRequestOutcome.Opened);
        }
        var body = BodyText.Fitted(wanted.Body);
        if (found.Title == wanted.Title && BodyText.Same(found.Body, body))
            return new(found, PullRequestOutcome.Unchanged);
        return new(await UpdateAsync(found.Number, new(wanted.Title, body), cancellation), PullRequestOutcome.Updated);
    }

    /// <summary>Changes the title, the text, or both; what is null stays.</summary>
    public Task<PullRequest> UpdateAsync(long number, PullRequestChange change, CancellationToken cancellation) =>
        wire.SendAsync(
            new(HttpMethod.Patch, $"repos/{repository}/pulls/{number}", $"update the pull request {repository}#{number}")
            {
                Content = GitHubJson.Content(change, GitHubJson.Default.PullRequestChange),
            },
            GitHubJson.Default.PullRequest,
            cancellation
        );

    /// <summary>What it changes.</summary>
    /// <returns>The files; where there are <see cref="MostFiles"/>, there may be more.</returns>
    public Task<IReadOnlyList<ChangedFile>> FilesAsync(long number, CancellationToken cancellation) =>
        wire.ListAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/pulls/{number}/files?per_page=100",
                $"list the files of the pull request {repository}#{number}"
            ),
            GitHubJson.Default.ChangedFileArray,
            page => page,
            cancellation
        );

    /// <summary>Merges it, if its head is what was checked.</summary>
    /// <param name="number">Which.</param>
    /// <param name="sha">The head that was checked.</param>
    /// <param name="method">How.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<MergeOutcome> MergeAsync(long number, string sha, MergeMethod method, CancellationToken cancellation) =>
        wire.SendAsync<MergeOutcome>(
            new(HttpMethod.Put, $"repos/{repository}/pulls/{number}/merge", $"merge the pull request {repository}#{number}")
            {
                Content = GitHubJson.Content(new MergeRequest(sha, method.Word()), GitHubJson.Default.MergeRequest),
            },
            bytes => Merged(GitHubJson.Read(bytes, GitHubJson.Default.MergeResult)),
            cancellation,
            async () =>
                await GetAsync(number, cancellation) is { IsMerged: true, MergeCommitSha: { } merged } pull
                && pull.Head.Sha == sha
                    ? new MergeOutcome.Merged(merged)
                    : null,
            answer =>
                Task.FromResult<MergeOutcome?>(
                    answer.Status switch
                    {
                        405 => new MergeOutcome.NotMergeable(GitHubError.Of(answer).Words),
                        409 => new MergeOutcome.HeadMoved(GitHubError.Of(answer).Words),
                        _ => null,
                    }
                )
        );

    private static MergeOutcome Merged(MergeResult result) =>
        result.Merged ? new MergeOutcome.Merged(result.Sha) : new MergeOutcome.NotMergeable(PlainText.Of(result.Message ?? ""));

    private async Task<(PullRequest PullRequest, bool IsNew)> OpenAsync(NewPullRequest wanted, CancellationToken cancellation)
    {
        var isNew = true;
        var isFork = wanted.Head != repository;
        var body = new PullRequestBody(
            wanted.Title,
            $"{wanted.Head.Owner}:{wanted.Branch}",
            wanted.Into,
            BodyText.Fitted(wanted.Body),
            wanted.Draft
        )
        {
            // A fork beside its parent, in one organisation, is told from it by its name.
            HeadRepo =
                isFork && new RepositoryName(wanted.Head.Owner, repository.Name) == repository ? wanted.Head.ToString() : null,
            MaintainerCanModify = isFork ? wanted.MaintainerCanModify : null,
        };
        var opened = await SendAsync(body);
        return (opened, isNew);

        Task<PullRequest> SendAsync(PullRequestBody asked) =>
            wire.SendAsync(
                new(HttpMethod.Post, $"repos/{repository}/pulls", $"open a pull request in {repository}")
                {
                    Content = GitHubJson.Content(asked, GitHubJson.Default.PullRequestBody),
                    Explain = error => RefusedPullRequest.Explain(error, repository, wanted),
                },
                GitHubJson.Default.PullRequest,
                cancellation,
                () => FindAsync(wanted.Head, wanted.Branch, wanted.Into, cancellation),
                async answer =>
                {
                    if (answer.Status != 422)
                        return null;
                    if (RefusedPullRequest.Exists(GitHubError.Of(answer)))
                    {
                        isNew = false;
                        return await FindAsync(wanted.Head, wanted.Branch, wanted.Into, cancellation);
                    }
                    // Not all who may open one may let others push to the fork.
                    return asked.MaintainerCanModify == true && RefusedPullRequest.IsForkCollaboration(GitHubError.Of(answer))
                        ? await SendAsync(asked with { MaintainerCanModify = false })
                        : null;
                }
            );
    }
}
