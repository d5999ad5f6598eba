namespace Concord.Pipeline.GitHub;

/// <summary>The comments on the pull requests of a repository.</summary>
/// <param name="wire">Sends.</param>
/// <param name="repository">Whose.</param>
/// <param name="self">The account of the token; null for an app's, which has none.</param>
internal sealed class Comments(GitHubWire wire, RepositoryName repository, Account? self)
{
    /// <summary>All comments, the oldest first.</summary>
    public Task<IReadOnlyList<IssueComment>> ListAsync(long number, CancellationToken cancellation) =>
        wire.ListAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/issues/{number}/comments?per_page=100",
                $"list the comments of {repository}#{number}"
            ),
            GitHubJson.Default.IssueCommentArray,
            page => page,
            cancellation
        );

    /// <summary>Writes the one comment that stays: the first time a new one, then the same one again.</summary>
    /// <param name="number">The pull request.</param>
    /// <param name="marker">Its name, letters and hyphens, which goes before the text in an HTML comment.</param>
    /// <param name="text">What it says, in Markdown.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IssueComment> PutAsync(long number, string marker, string text, CancellationToken cancellation)
    {
        var mark = $"<!-- {marker} -->";
        var body = BodyText.Fitted($"{mark}\n{text}");
        var doing = $"comment on {repository}#{number}";
        var content = GitHubJson.Content(new CommentBody(body), GitHubJson.Default.CommentBody);
        if (await OwnAsync() is not { } own)
            return await wire.SendAsync(
                new(HttpMethod.Post, $"repos/{repository}/issues/{number}/comments", doing) { Content = content },
                GitHubJson.Default.IssueComment,
                cancellation,
                OwnAsync
            );
        return BodyText.Same(own.Body, body)
            ? own
            : await wire.SendAsync(
                new(HttpMethod.Patch, $"repos/{repository}/issues/comments/{own.Id}", doing) { Content = content },
                GitHubJson.Default.IssueComment,
                cancellation
            );

        async Task<IssueComment?> OwnAsync() =>
            (await ListAsync(number, cancellation)).FirstOrDefault(c =>
                c.Body?.StartsWith(mark, StringComparison.Ordinal) == true && IsOwn(c)
            );
    }

    // Anyone can write the marker. An app's token does not know its own name: then it must be a bot's comment.
    private bool IsOwn(IssueComment comment) =>
        self is null ? comment.User is { IsBot: true } : comment.User?.Is(self.Login) == true;
}
