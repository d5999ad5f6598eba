namespace Concord.Pipeline.GitHub;

/// <summary>The labels of a repository and of its pull requests.</summary>
internal sealed class Labels(GitHubWire wire, RepositoryName repository)
{
    /// <summary>Makes a label that is not there. One that is there stays as it is, colour and words too.</summary>
    public async Task EnsureAsync(Label label, CancellationToken cancellation)
    {
        var doing = $"make the label '{label.Name}' in {repository}";
        var one = new GitHubRequest(HttpMethod.Get, $"repos/{repository}/labels/{Uri.EscapeDataString(label.Name)}", doing);
        if (await wire.FindAsync(one, GitHubJson.Default.Label, cancellation) is null)
            await wire.SendAsync(
                new(HttpMethod.Post, $"repos/{repository}/labels", doing)
                {
                    Content = GitHubJson.Content(label, GitHubJson.Default.Label),
                },
                answer => answer.Status == 422 && GitHubError.Of(answer).Has(null, "already_exists"),
                cancellation
            );
    }

    /// <summary>The labels of a pull request.</summary>
    public Task<IReadOnlyList<Label>> ListAsync(long number, CancellationToken cancellation) =>
        wire.ListAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/issues/{number}/labels?per_page=100",
                $"list the labels of {repository}#{number}"
            ),
            GitHubJson.Default.LabelArray,
            page => page,
            cancellation
        );

    /// <summary>Gives a pull request some labels and takes others away. What is so already is left alone, and so are all other labels.</summary>
    public async Task SetAsync(long number, IReadOnlyList<string> on, IReadOnlyList<string> off, CancellationToken cancellation)
    {
        var has = (await ListAsync(number, cancellation)).Select(l => l.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = on.Where(l => !has.Contains(l)).ToArray();
        if (missing.Length > 0)
            await wire.SendAsync(
                new(HttpMethod.Post, $"repos/{repository}/issues/{number}/labels", $"label {repository}#{number}")
                {
                    Content = GitHubJson.Content(new LabelNames(missing), GitHubJson.Default.LabelNames),
                },
                _ => false,
                cancellation
            );
        foreach (var label in off.Where(has.Contains))
            await wire.SendAsync(
                new(
                    HttpMethod.Delete,
                    $"repos/{repository}/issues/{number}/labels/{Uri.EscapeDataString(label)}",
                    $"take the label '{label}' from {repository}#{number}"
                ),
                answer => answer.Status == 404,
                cancellation
            );
    }
}
