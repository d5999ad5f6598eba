using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Concord.Tests.GitHub;

// What the fake does.
internal sealed partial class FakeGitHub
{
    private FakeReply Reply(FakeCall call)
    {
        if (call.Operation.Values.ContainsKey("owner") && call.Repository?.CanSee(call.By) != true)
            return Refused("404-not-found");
        if (call.Repository is { NotYet: > 0 } young)
        {
            young.NotYet--;
            return Refused("404-not-found");
        }
        if (call.Method != "GET" && call.By is { IsReadOnly: true })
            return NotAccessible(call);
        return call.Id switch
        {
            "users/get-authenticated" => call.By is { IsApp: true }
                ? NotAccessible(call)
                : new(200, Account(call.By!, "private-user")),
            "repos/get" => new(200, Repository(call.Repository!, "full-repository", call.By)),
            "repos/create-fork" => Fork(call),
            "pulls/list" => ListPulls(call),
            "pulls/create" => CreatePull(call),
            "pulls/get" => OfPull(call, pull => new(200, Pull(call.Repository!, pull, "pull-request"))),
            "pulls/update" => OfPull(call, pull => UpdatePull(call, pull)),
            "pulls/list-files" => OfPull(call, pull => Page(call, pull.Files.Select(f => ChangedFile(call.Repository!, f)))),
            "pulls/merge" => OfPull(call, pull => MergePull(call, pull)),
            "issues/list-comments" => OfPull(
                call,
                pull => Page(call, pull.Comments.Select(c => Comment(call.Repository!, pull, c)))
            ),
            "issues/create-comment" => OfPull(call, pull => CreateComment(call, pull)),
            "issues/update-comment" => UpdateComment(call),
            "issues/list-labels-on-issue" => OfPull(
                call,
                pull => Page(call, pull.Labels.Select(l => Label(call.Repository!, l)))
            ),
            "issues/add-labels" => OfPull(call, pull => AddLabels(call, pull)),
            "issues/remove-label" => OfPull(call, pull => RemoveLabel(call, pull)),
            "issues/get-label" => call.Repository!.Labels.ContainsKey(call.Operation["name"])
                ? new(200, Label(call.Repository, call.Operation["name"]))
                : Refused("404-not-found"),
            "issues/create-label" => CreateLabel(call),
            "repos/create-commit-status" => CreateStatus(call),
            "repos/create-release" => CreateRelease(call),
            "repos/update-release" => UpdateRelease(call),
            "repos/get-release-by-tag" => call.Repository!.Releases.Find(r => r.Tag == call.Operation["tag"] && !r.Draft)
                is { } release
                ? new(200, Release(call.Repository, release))
                : Refused("404-not-found"),
            "repos/list-release-assets" => Page(
                call,
                ReleaseOf(call).Assets.Select(a => Asset(call.Repository!, ReleaseOf(call), a))
            ),
            "repos/upload-release-asset" => Upload(call),
            "repos/delete-release-asset" => DeleteAsset(call),
            "actions/get-workflow-run" => new(200, Run(call.Repository!, RunOf(call))),
            "actions/list-workflow-run-artifacts" => ListArtifacts(call),
            "actions/download-artifact" => new(302, null)
            {
                Headers = [("location", $"{FileHost}/files/{call.Operation["artifact_id"]}?signature=s")],
            },
            _ => throw new NotSupportedException($"The fake does not know {call.Id}."),
        };
    }

    private static FakeReply Refused(string id)
    {
        var refusal = GitHubContract.Refusal(id);
        return new(refusal.Status, JsonNode.Parse(refusal.Body))
        {
            Headers = [.. refusal.Headers.Where(h => h.Key != "content-type").Select(h => (h.Key, h.Value))],
        };
    }

    private static FakeReply NotAccessible(FakeCall call) =>
        new(
            403,
            new JsonObject
            {
                ["message"] =
                    $"Resource not accessible by {(call.By is { IsApp: true } ? "integration" : "personal access token")}",
                ["documentation_url"] = "https://docs.github.com/rest",
                ["status"] = "403",
            }
        )
        {
            Headers = [("x-accepted-github-permissions", "pull_requests=write")],
        };

    private static FakeReply Invalid(string resource, string field, string code) =>
        new(
            422,
            new JsonObject
            {
                ["message"] = "Validation Failed",
                ["errors"] = new JsonArray(
                    new JsonObject
                    {
                        ["resource"] = resource,
                        ["field"] = field,
                        ["code"] = code,
                    }
                ),
                ["documentation_url"] = "https://docs.github.com/rest",
                ["status"] = "422",
            }
        );

    private static FakeReply Custom(string message, string? field = null)
    {
        var reply = Invalid("PullRequest", field ?? "", "custom");
        var error = reply.Body!["errors"]![0]!.AsObject();
        if (field is null)
            error.Remove("field");
        error["message"] = message;
        return reply;
    }

    private FakeReply Page(FakeCall call, IEnumerable<JsonObject> all, Func<JsonArray, int, JsonNode>? wrap = null)
    {
        int Number(string name, int otherwise) =>
            call.Query.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var (size, page) = (Math.Min(100, Number("per_page", 30)), Number("page", 1));
        JsonObject[] items = [.. all];
        var last = Math.Max(1, (items.Length + size - 1) / size);
        var shown = new JsonArray([.. items.Skip((page - 1) * size).Take(size)]);
        var reply = new FakeReply(200, wrap?.Invoke(shown, items.Length) ?? shown);
        if (last == 1)
            return reply;
        var query = string.Concat(
            call.Query.Where(q => q.Key != "page").Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}&")
        );
        string Link(int to, string rel) => $"<{Numbered(call)}?{query}page={to}>; rel=\"{rel}\"";
        string[] links =
        [
            .. page > 1 ? [Link(page - 1, "prev")] : Array.Empty<string>(),
            .. page < last ? [Link(page + 1, "next"), Link(last, "last")] : Array.Empty<string>(),
            .. page > 1 ? [Link(1, "first")] : Array.Empty<string>(),
        ];
        return reply with { Headers = [("link", string.Join(", ", links))] };
    }

    // As GitHub does: by the repository's number, which stays when it is renamed.
    private string Numbered(FakeCall call) =>
        $"{Api}/repositories/{call.Repository!.Id}{call.Path[$"/repos/{call.Repository.FullName}".Length..]}";

    private static FakeReply OfPull(FakeCall call, Func<FakePull, FakeReply> then)
    {
        var place = call.Operation.Values.TryGetValue("pull_number", out var number) ? number : call.Operation["issue_number"];
        if (!call.Repository!.HasIssues && call.Id.StartsWith("issues/", StringComparison.Ordinal))
            return Refused("410-issues-disabled");
        var pull = call.Repository.Pulls.Find(p => p.Number.ToString(CultureInfo.InvariantCulture) == place);
        return pull is null ? Refused("404-not-found") : then(pull);
    }

    private FakeReply Fork(FakeCall call)
    {
        if (call.By is null or { IsApp: true })
            return NotAccessible(call);
        var fork = _repositories.Find(r => r.Parent == call.Repository && r.Owner == call.By.Login);
        if (fork is null)
        {
            fork = AddFork(call.Repository!, $"{call.By.Login}/{call.Repository!.Name}");
            fork.NotYet = 2;
        }
        return new(202, Repository(fork, "full-repository", call.By));
    }

    private FakeReply ListPulls(FakeCall call)
    {
        var pulls = call.Repository!.Pulls.AsEnumerable();
        var state = call.Query.GetValueOrDefault("state", "open");
        if (state != "all")
            pulls = pulls.Where(p => p.State == state);
        // A branch without its owner is no filter.
        if (call.Query.TryGetValue("head", out var head) && head.Contains(':', StringComparison.Ordinal))
            pulls = pulls.Where(p => $"{p.Head.Owner}:{p.Branch}".Equals(head, StringComparison.OrdinalIgnoreCase));
        if (call.Query.TryGetValue("base", out var into))
            pulls = pulls.Where(p => p.Into == into);
        return Page(call, pulls.Reverse().Select(p => Pull(call.Repository, p, "pull-request-simple")));
    }

    private FakeReply CreatePull(FakeCall call)
    {
        var to = call.Repository!;
        if (to.IsArchived)
            return Custom("Repository was archived so is read-only.");
        var (head, into) = (call.Text("head")!, call.Text("base")!);
        var owner = head.Contains(':', StringComparison.Ordinal) ? head.Split(':')[0] : to.Owner;
        var branch = head[(head.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var from = call.Text("head_repo") is { } name
            ? Repository(name)
            : new[] { to }
                .Concat(_repositories.Where(r => r.Parent == to || r == to.Parent))
                .FirstOrDefault(r => r.Owner.Equals(owner, StringComparison.OrdinalIgnoreCase));
        if (from?.Sha(branch) is not { } sha || !from.Owner.Equals(owner, StringComparison.OrdinalIgnoreCase))
            return Refused("422-head-invalid");
        if (to.Sha(into) is not { } tip)
            return Refused("422-base-invalid");
        if (string.IsNullOrEmpty(call.Text("title")))
            return Refused("422-missing-field");
        if (call.Text("body") is { Length: > 65536 })
            return Refused("422-errors-as-strings");
        if (to.Pulls.Exists(p => p.State == "open" && p.Head == from && p.Branch == branch && p.Into == into))
            return Custom($"A pull request already exists for {owner}:{branch}.");
        if (tip == sha)
            return Custom($"No commits between {into} and {branch}");
        if (call.Is("draft") && to.RefusesDrafts)
            return Refused("422-draft-unsupported");
        if (call.Is("maintainer_can_modify") && !from.CanPush(call.By))
            return Refused("422-fork-collab");
        var pull = new FakePull
        {
            Number = to.Pulls.Count + 1,
            Author = call.By!,
            Head = from,
            Branch = branch,
            Into = into,
            Title = call.Text("title")!,
            Body = call.Text("body"),
            Draft = call.Is("draft"),
            MaintainerCanModify = call.Is("maintainer_can_modify"),
        };
        to.Pulls.Add(pull);
        return new(201, Pull(to, pull, "pull-request"));
    }

    private FakeReply UpdatePull(FakeCall call, FakePull pull)
    {
        if (call.By != pull.Author && !call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        pull.Title = call.Text("title") ?? pull.Title;
        pull.Body = call.Text("body") ?? pull.Body;
        pull.State = call.Text("state") ?? pull.State;
        return new(200, Pull(call.Repository!, pull, "pull-request"));
    }

    private static FakeReply MergePull(FakeCall call, FakePull pull)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        FakeReply No(int status, string message) =>
            new(status, new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest" });
        if (pull.State != "open" || pull.Draft)
            return No(405, "Pull Request is not mergeable");
        if (call.Text("sha") is { } sha && sha != pull.Head.Sha(pull.Branch))
            return No(409, "Head branch was modified. Review and try the merge again.");
        pull.ClosedAt = pull.Head.Sha(pull.Branch);
        pull.MergeCommit = call.Repository.Merge(pull);
        pull.State = "closed";
        return new(
            200,
            new JsonObject
            {
                ["sha"] = pull.MergeCommit,
                ["merged"] = true,
                ["message"] = "Pull Request successfully merged",
            }
        );
    }

    private FakeReply CreateComment(FakeCall call, FakePull pull)
    {
        if (call.Text("body") is { Length: > 65536 })
            return Refused("422-errors-as-strings");
        var comment = new FakeComment(NextId(), call.By!) { Body = call.Text("body")! };
        pull.Comments.Add(comment);
        return new(201, Comment(call.Repository!, pull, comment));
    }

    private FakeReply UpdateComment(FakeCall call)
    {
        foreach (var pull in call.Repository!.Pulls)
            if (
                pull.Comments.Find(c => c.Id.ToString(CultureInfo.InvariantCulture) == call.Operation["comment_id"]) is
                { } comment
            )
            {
                if (comment.Author != call.By)
                    return NotAccessible(call);
                comment.Body = call.Text("body")!;
                return new(200, Comment(call.Repository, pull, comment));
            }
        return Refused("404-not-found");
    }

    private static FakeReply AddLabels(FakeCall call, FakePull pull)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        foreach (var label in call.Body!["labels"]!.AsArray().Select(l => l!.GetValue<string>()))
        {
            call.Repository.Labels.TryAdd(label, ("ededed", null));
            if (!pull.Labels.Contains(label, StringComparer.OrdinalIgnoreCase))
                pull.Labels.Add(label);
        }
        return new(200, new JsonArray([.. pull.Labels.Select(l => Label(call.Repository, l))]));
    }

    private static FakeReply RemoveLabel(FakeCall call, FakePull pull)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        return pull.Labels.RemoveAll(l => l.Equals(call.Operation["name"], StringComparison.OrdinalIgnoreCase)) == 0
            ? Refused("404-not-found")
            : new(200, new JsonArray([.. pull.Labels.Select(l => Label(call.Repository, l))]));
    }

    private static FakeReply CreateLabel(FakeCall call)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        var name = call.Text("name")!;
        if (!call.Repository.Labels.TryAdd(name, (call.Text("color") ?? "ededed", call.Text("description"))))
            return Invalid("Label", "name", "already_exists");
        return new(201, Label(call.Repository, name));
    }

    private static FakeReply CreateStatus(FakeCall call)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        if (call.Text("description") is { Length: > 140 })
            return Invalid("Status", "description", "invalid");
        var status = new FakeStatus(
            call.Operation["sha"],
            call.Text("context") ?? "default",
            call.Text("state")!,
            call.Text("description"),
            call.Text("target_url")
        );
        call.Repository.Statuses.Add(status);
        return new(201, Status(call.Repository, status, call.By!));
    }

    private FakeReply CreateRelease(FakeCall call)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        if (call.Repository.Releases.Exists(r => r.Tag == call.Text("tag_name")))
            return Invalid("Release", "tag_name", "already_exists");
        var release = new FakeRelease
        {
            Id = NextId(),
            Tag = call.Text("tag_name")!,
            Target = call.Text("target_commitish") ?? call.Repository.DefaultBranch,
            Name = call.Text("name"),
            Body = call.Text("body"),
            Prerelease = call.Is("prerelease"),
            Draft = call.Is("draft"),
        };
        call.Repository.Releases.Add(release);
        return new(201, Release(call.Repository, release));
    }

    private FakeReply UpdateRelease(FakeCall call)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        var release = ReleaseOf(call);
        release.Name = call.Text("name") ?? release.Name;
        release.Body = call.Text("body") ?? release.Body;
        release.Prerelease = call.Body!["prerelease"]?.GetValue<bool>() ?? release.Prerelease;
        return new(200, Release(call.Repository, release));
    }

    private FakeReply Upload(FakeCall call)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        var release = ReleaseOf(call);
        if (release.Assets.Exists(a => a.Name == call.Query["name"]))
            return Invalid("ReleaseAsset", "name", "already_exists");
        var asset = new FakeAsset
        {
            Id = NextId(),
            Name = call.Query["name"],
            Type = call.ContentType!,
            Bytes = call.Bytes,
        };
        release.Assets.Add(asset);
        return new(201, Asset(call.Repository, release, asset));
    }

    private static FakeReply DeleteAsset(FakeCall call)
    {
        if (!call.Repository!.CanPush(call.By))
            return NotAccessible(call);
        return
            call.Repository.Releases.Sum(r =>
                r.Assets.RemoveAll(a => a.Id.ToString(CultureInfo.InvariantCulture) == call.Operation["asset_id"])
            ) == 0
            ? Refused("404-not-found")
            : new(204, null);
    }

    private FakeReply ListArtifacts(FakeCall call)
    {
        var run = RunOf(call);
        return Page(
            call,
            run.Artifacts.Select((a, i) => Artifact(call.Repository!, run, (run.Id * 1000) + i, a.Key, a.Value.Length)),
            (page, count) => new JsonObject { ["total_count"] = count, ["artifacts"] = page }
        );
    }

    /// <summary>The bytes behind an artifact's address.</summary>
    public byte[] ArtifactBytes(long id) =>
        _repositories.SelectMany(r => r.Runs).Single(r => r.Id == id / 1000).Artifacts.ElementAt((int)(id % 1000)).Value;

    private static FakeRelease ReleaseOf(FakeCall call) =>
        call.Repository!.Releases.Single(r => r.Id.ToString(CultureInfo.InvariantCulture) == call.Operation["release_id"]);

    private static FakeRun RunOf(FakeCall call) =>
        call.Repository!.Runs.Single(r => r.Id.ToString(CultureInfo.InvariantCulture) == call.Operation["run_id"]);

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
