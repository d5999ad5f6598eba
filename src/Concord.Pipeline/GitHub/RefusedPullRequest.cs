namespace Concord.Pipeline.GitHub;

/// <summary>GitHub's reasons not to open a pull request.</summary>
internal static class RefusedPullRequest
{
    public static bool Exists(GitHubError error) => error.Says("A pull request already exists");

    public static bool IsForkCollaboration(GitHubError error) =>
        error.Says("fork_collab") || error.Reasons.Any(r => r.Field == "fork_collab");

    /// <summary>What a reason means, and how to mend it; null where it is none of the known ones.</summary>
    public static (string What, string Mend)? Explain(GitHubError error, RepositoryName repository, NewPullRequest wanted)
    {
        var from = $"{wanted.Head.Owner}:{wanted.Branch}";
        if (Exists(error))
            return (
                $"GitHub says that there is a pull request for {from} in {repository} already, and lists none.",
                "Run the command again in a minute; if it stays so, look for the pull request on its page."
            );
        if (error.Says("No commits between"))
            return (
                $"The branch {from} has nothing that {wanted.Into} of {repository} does not have.",
                "There is nothing to submit: it may have been merged already."
            );
        if (error.Says("Draft pull requests are not supported"))
            return ($"The repository {repository} does not support draft pull requests.", "Submit without --draft.");
        if (IsForkCollaboration(error))
            return (
                $"GitHub does not let you give the maintainers of {repository} access to the branch {from}.",
                "Ask an owner of the fork to open the pull request."
            );
        if (error.Reasons.FirstOrDefault(r => r.Code is "invalid" or "missing") is { Field: { } field })
            return field switch
            {
                "head" => (
                    $"GitHub knows no branch {from} that a pull request in {repository} could come from.",
                    "Push the branch to that repository, or to a fork of it, then run the command again."
                ),
                "base" => (
                    $"GitHub knows no branch {wanted.Into} in {repository}.",
                    "Fetch, and submit for a branch that is there."
                ),
                _ => null,
            };
        return error.Says("archived")
            ? ($"The repository {repository} is archived: it takes no pull requests.", "Ask its owner to unarchive it.")
            : null;
    }
}
