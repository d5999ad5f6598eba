using System.Text.Json.Nodes;

namespace Concord.Tests.GitHub;

// What the fake says: the least that GitHub's description allows, with what it knows written over it.
internal sealed partial class FakeGitHub
{
    private static JsonObject Over(JsonObject sample, params (string Name, JsonNode? Value)[] values)
    {
        foreach (var (name, value) in values)
            sample[name] = value;
        return sample;
    }

    private static JsonObject Account(FakeAccount account, string definition = "simple-user") =>
        Over(
            GitHubContract.Sample(definition),
            ("login", account.Login),
            ("id", account.Id),
            ("type", account.IsApp ? "Bot" : "User")
        );

    private JsonObject Owner(FakeRepository repository) =>
        Account(_accounts.GetValueOrDefault(repository.Owner) ?? new(repository.Owner, null));

    private JsonObject Repository(FakeRepository repository, string definition, FakeAccount? by)
    {
        var document = Over(
            GitHubContract.Sample(definition),
            ("id", repository.Id),
            ("name", repository.Name),
            ("full_name", repository.FullName),
            ("owner", Owner(repository)),
            ("private", repository.IsPrivate),
            ("fork", repository.Parent is not null),
            ("archived", repository.IsArchived),
            ("default_branch", repository.DefaultBranch),
            ("html_url", $"{Url}/{repository.FullName}"),
            ("clone_url", $"{Url}/{repository.FullName}.git"),
            ("url", $"{Api}/repos/{repository.FullName}")
        );
        if (definition == "full-repository" && repository.Parent is { } parent)
            document["parent"] = Repository(parent, "repository", null);
        if (by is not null)
            document["permissions"] = new JsonObject
            {
                ["admin"] = false,
                ["push"] = repository.CanPush(by),
                ["pull"] = true,
            };
        return document;
    }

    private JsonObject Pull(FakeRepository repository, FakePull pull, string definition)
    {
        var document = Over(
            GitHubContract.Sample(definition),
            ("id", 7_000_000_000 + pull.Number),
            ("number", pull.Number),
            ("state", pull.State),
            ("title", pull.Title),
            ("body", pull.Body),
            ("draft", pull.Draft),
            ("user", Account(pull.Author)),
            ("html_url", $"{Url}/{repository.FullName}/pull/{pull.Number}"),
            ("url", $"{Api}/repos/{repository.FullName}/pulls/{pull.Number}"),
            ("merged_at", pull.MergeCommit is null ? null : "2026-11-02T12:00:00Z"),
            ("merge_commit_sha", pull.MergeCommit),
            ("labels", new JsonArray([.. pull.Labels.Select(l => Label(repository, l))]))
        );
        document["head"] = End(
            document["head"]!.AsObject(),
            pull.Head,
            pull.Branch,
            pull.ClosedAt ?? pull.Head.Sha(pull.Branch) ?? new('0', 40)
        );
        document["base"] = End(document["base"]!.AsObject(), repository, pull.Into, repository.Sha(pull.Into)!);
        if (definition == "pull-request")
            Over(
                document,
                ("merged", pull.MergeCommit is not null),
                ("mergeable", pull.State == "open" ? true : null),
                ("maintainer_can_modify", pull.MaintainerCanModify),
                ("changed_files", pull.Files.Count),
                ("comments", pull.Comments.Count)
            );
        return document;
    }

    private JsonObject End(JsonObject sample, FakeRepository repository, string branch, string sha) =>
        Over(
            (JsonObject)sample.DeepClone(),
            ("label", $"{repository.Owner}:{branch}"),
            ("ref", branch),
            ("sha", sha),
            ("repo", Repository(repository, "repository", null)),
            ("user", Owner(repository))
        );

    private JsonObject ChangedFile(FakeRepository repository, (string Path, string Status) file) =>
        Over(
            GitHubContract.Sample("diff-entry"),
            ("filename", file.Path),
            ("status", file.Status),
            ("sha", new string('b', 40)),
            ("blob_url", $"{Url}/{repository.FullName}/blob/x/{file.Path}")
        );

    private JsonObject Comment(FakeRepository repository, FakePull pull, FakeComment comment) =>
        Over(
            GitHubContract.Sample("issue-comment"),
            ("id", comment.Id),
            ("body", comment.Body),
            ("user", Account(comment.Author)),
            ("html_url", $"{Url}/{repository.FullName}/pull/{pull.Number}#issuecomment-{comment.Id}")
        );

    private static JsonObject Label(FakeRepository repository, string name)
    {
        var (color, description) = repository.Labels.GetValueOrDefault(name, ("ededed", null));
        return Over(GitHubContract.Sample("label"), ("name", name), ("color", color), ("description", description));
    }

    private static JsonObject Status(FakeRepository repository, FakeStatus status, FakeAccount by) =>
        Over(
            GitHubContract.Sample("status"),
            ("state", status.State),
            ("context", status.Context),
            ("description", status.Description),
            ("target_url", status.Target),
            ("creator", Account(by))
        );

    private JsonObject Release(FakeRepository repository, FakeRelease release) =>
        Over(
            GitHubContract.Sample("release"),
            ("id", release.Id),
            ("tag_name", release.Tag),
            ("target_commitish", release.Target),
            ("name", release.Name),
            ("body", release.Body),
            ("draft", release.Draft),
            ("prerelease", release.Prerelease),
            ("html_url", $"{Url}/{repository.FullName}/releases/tag/{release.Tag}"),
            ("upload_url", $"{Url}/api/uploads/repos/{repository.FullName}/releases/{release.Id}/assets{{?name,label}}"),
            ("assets", new JsonArray([.. release.Assets.Select(a => Asset(repository, release, a))]))
        );

    private JsonObject Asset(FakeRepository repository, FakeRelease release, FakeAsset asset) =>
        Over(
            GitHubContract.Sample("release-asset"),
            ("id", asset.Id),
            ("name", asset.Name),
            ("content_type", asset.Type),
            ("size", asset.Bytes.Length),
            ("digest", asset.State == "uploaded" && asset.HasDigest ? Digest(asset.Bytes) : null),
            ("state", asset.State == "uploaded" ? "uploaded" : "open"),
            ("browser_download_url", $"{Url}/{repository.FullName}/releases/download/{release.Tag}/{asset.Name}")
        );

    private JsonObject Run(FakeRepository repository, FakeRun run) =>
        Over(
            GitHubContract.Sample("workflow-run"),
            ("id", run.Id),
            ("event", "pull_request"),
            ("head_branch", run.Branch),
            ("head_sha", run.Sha),
            ("status", "completed"),
            ("conclusion", "success"),
            ("path", ".github/workflows/check.yml"),
            ("head_repository", Minimal(run.Head)),
            ("repository", Minimal(repository)),
            // For forks GitHub leaves it empty.
            ("pull_requests", new JsonArray())
        );

    private JsonObject Minimal(FakeRepository repository) =>
        Over(
            GitHubContract.Sample("minimal-repository"),
            ("id", repository.Id),
            ("name", repository.Name),
            ("full_name", repository.FullName),
            ("owner", Owner(repository)),
            ("html_url", $"{Url}/{repository.FullName}")
        );

    private JsonObject Artifact(FakeRepository repository, FakeRun run, long id, string name, int size) =>
        Over(
            GitHubContract.Sample("artifact"),
            ("id", id),
            ("name", name),
            ("size_in_bytes", size),
            ("expired", run.Expired.Contains(name)),
            ("archive_download_url", $"{Api}/repos/{repository.FullName}/actions/artifacts/{id}/zip")
        );
}
