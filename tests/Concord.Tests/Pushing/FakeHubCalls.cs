using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Concord.Tests.Pushing;

/// <summary>What the Hub does when it is asked.</summary>
internal sealed partial class FakeHub
{
    private const string LfsType = "application/vnd.git-lfs+json";

    private (int Status, string Answer) Reply(HubCall call, HttpContext context)
    {
        if (call.Path.EndsWith("/multipart/complete", StringComparison.Ordinal))
            return Complete(call);
        if (call.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}")
            return (401, """{"error":"Invalid username or password."}""");
        if (call.Is("POST", "/api/repos/create"))
            return Create(call);
        if (call.Is("POST", "/api/validate-yaml"))
            return CardError.Length > 0
                ? (400, $$"""{"errors":[{"message":{{JsonSerializer.Serialize(CardError)}}}],"warnings":[]}""")
                : (
                    200,
                    $$"""{"errors":[],"warnings":[{{(CardWarning.Length > 0 ? $$"""{"message":{{JsonSerializer.Serialize(CardWarning)}}}""" : "")}}]}"""
                );
        if (LfsPath().Match(call.Path) is { Success: true } lfs)
            return Find(lfs) is null ? NoDataset(context) : Lfs(call, lfs.Groups[2].Value);
        if (DatasetPath().Match(call.Path) is not { Success: true } match)
            throw new InvalidOperationException("The Hub knows no such call.");
        if (Find(match) is not { } dataset)
            return NoDataset(context);
        var rest = match.Groups[2].Value.Trim('/').Split('/');
        var revision = rest.Length > 1 ? Uri.UnescapeDataString(rest[1]) : "main";
        return (call.Method, rest[0]) switch
        {
            ("GET", "") => (200, Told(dataset, dataset.At("main"))),
            ("GET", "revision") => dataset.At(revision) is { } head ? (200, Told(dataset, head)) : NoRevision(context, revision),
            ("GET", "tree") => Tree(call, context, dataset, revision),
            ("GET", "refs") => (
                200,
                new JsonObject
                {
                    ["branches"] = Refs("heads", dataset.Branches),
                    ["converts"] = new JsonArray(),
                    ["tags"] = Refs("tags", dataset.Tags),
                }.ToJsonString()
            ),
            ("GET", "discussions") => (200, Discussions(dataset)),
            ("POST", "preupload") => dataset.At(revision) is null ? NoRevision(context, revision) : (200, Modes(call, dataset)),
            ("POST", "commit") => Commit(call, context, dataset, revision),
            ("POST", "tag") => Tag(call, context, dataset, revision),
            ("POST", "branch") => Branch(call, dataset, revision),
            _ => throw new InvalidOperationException("The Hub knows no such call."),
        };
    }

    private FakeDataset? Find(Match match) =>
        Datasets.GetValueOrDefault(match.Groups[1].Value) is { IsShown: true } found ? found : null;

    private static (int, string) NoDataset(HttpContext context)
    {
        context.Response.Headers["X-Error-Code"] = "RepoNotFound";
        return (404, """{"error":"Repository not found"}""");
    }

    private static (int, string) NoRevision(HttpContext context, string revision)
    {
        context.Response.Headers["X-Error-Code"] = "RevisionNotFound";
        return (404, JsonSerializer.Serialize(new { error = $"Invalid rev id: {revision}" }));
    }

    private static string Told(FakeDataset dataset, FakeCommit? head) =>
        JsonSerializer.Serialize(
            new
            {
                _id = "67cae56f9b4f4ee4713c83e7",
                id = dataset.Name,
                sha = head?.Id,
                @private = dataset.IsPrivate,
                siblings = head?.Files.Keys.Select(p => new { rfilename = p }),
            }
        );

    private static JsonArray Refs(string kind, Dictionary<string, string> refs) =>
        [
            .. refs.Select(r =>
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = r.Key,
                        ["ref"] = $"refs/{kind}/{r.Key}",
                        ["targetCommit"] = r.Value,
                    }
            ),
        ];

    private (int, string) Create(HubCall call)
    {
        var name = $"{call.Json["organization"]}/{call.Json["name"]}";
        if (Datasets.ContainsKey(name))
            return (409, """{"error":"You already created this dataset repo","url":"https://hub.example/datasets/x"}""");
        Add(name).IsPrivate = (string?)call.Json["visibility"] == "private";
        return (
            200,
            JsonSerializer.Serialize(
                new
                {
                    url = $"{Url}/datasets/{name}",
                    name,
                    id = "67cae56f9b4f4ee4713c83e7",
                }
            )
        );
    }

    private (int, string) Tree(HubCall call, HttpContext context, FakeDataset dataset, string revision)
    {
        if (dataset.At(revision) is not { } commit)
            return NoRevision(context, revision);
        var from = call.Query.Contains("cursor=") ? int.Parse(call.Query.Split("cursor=")[1], CultureInfo.InvariantCulture) : 0;
        var files = commit.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Skip(from).Take(PageSize).ToArray();
        if (from + files.Length < commit.Files.Count)
            context.Response.Headers.Link = $"<{Url}{call.Path}?recursive=true&cursor={from + files.Length}>; rel=\"next\"";
        return (
            200,
            new JsonArray(
                [
                    new JsonObject
                    {
                        ["type"] = "directory",
                        ["oid"] = new string('d', 40),
                        ["size"] = 0,
                        ["path"] = "data",
                    },
                    .. files.Select(f =>
                    {
                        var entry = new JsonObject
                        {
                            ["type"] = "file",
                            ["oid"] = f.Value.Oid,
                            ["size"] = f.Value.Size,
                            ["path"] = f.Key,
                        };
                        if (f.Value.LargeOid is { } oid)
                            entry["lfs"] = new JsonObject
                            {
                                ["oid"] = oid,
                                ["size"] = f.Value.Size,
                                ["pointerSize"] = 134,
                            };
                        return entry;
                    }),
                ]
            ).ToJsonString()
        );
    }

    private static string Discussions(FakeDataset dataset) =>
        JsonSerializer.Serialize(
            new
            {
                discussions = dataset.Pulls.Select(p => new
                {
                    num = p.Number,
                    title = p.Title,
                    status = "open",
                    isPullRequest = true,
                }),
                count = dataset.Pulls.Count,
                start = 0,
            }
        );

    private string Modes(HubCall call, FakeDataset dataset)
    {
        var files = call.Json["files"]!.AsArray();
        if (files.Count > 256)
            throw new InvalidOperationException("More than 256 files.");
        return JsonSerializer.Serialize(
            new
            {
                files = files.Select(f => new
                {
                    path = (string)f!["path"]!,
                    uploadMode = IsLarge((string)f["path"]!) ? "lfs" : "regular",
                    shouldIgnore = Ignored.Contains((string)f["path"]!),
                }),
                commitOid = dataset.Branches["main"],
            }
        );
    }

    private (int, string) Lfs(HubCall call, string what)
    {
        if (call.Headers["Content-Type"] != LfsType || call.Headers["Accept"] != LfsType)
            throw new InvalidOperationException("It is not asked as git-lfs asks.");
        if (what == "verify")
            return Stored.ContainsKey((string)call.Json["oid"]!) ? (200, "") : (404, """{"message":"no such object"}""");
        var objects = call.Json["objects"]!.AsArray();
        if (objects.Count > 256)
            throw new InvalidOperationException("More than 256 objects.");
        var isInParts = false;
        JsonNode[] answers =
        [
            .. objects.Select(o =>
            {
                var (oid, size) = ((string)o!["oid"]!, (long)o["size"]!);
                var answer = new JsonObject { ["oid"] = oid, ["size"] = size };
                if (Stored.ContainsKey(oid))
                    return answer;
                JsonObject upload;
                if (PartSize > 0 && size > PartSize)
                {
                    isInParts = true;
                    var id =
                        KeepsPlaces && _uploads.FirstOrDefault(u => u.Value.Oid == oid) is { Key: { } kept }
                            ? kept
                            : $"u{_uploads.Count}";
                    var count = (int)((size + PartSize - 1) / PartSize);
                    _uploads[id] = (oid, count);
                    var header = new JsonObject { ["chunk_size"] = PartSize.ToString(CultureInfo.InvariantCulture) };
                    for (var number = 1; number <= count; number++)
                        header[number.ToString(CultureInfo.InvariantCulture)] = $"{StoreUrl}/part/{id}/{number}?sig=leave";
                    upload = new() { ["href"] = $"{Url}/datasets/x.git/info/lfs/{id}/multipart/complete", ["header"] = header };
                }
                else
                    upload = new()
                    {
                        ["href"] = $"{StoreUrl}/put/{oid}?sig=leave",
                        ["header"] = new JsonObject { ["x-amz-leave"] = "granted", ["Authorization"] = "Store own" },
                        ["expires_in"] = 900,
                    };
                var actions = new JsonObject { ["upload"] = upload };
                if (Verifies)
                    actions["verify"] = new JsonObject
                    {
                        ["href"] = VerifyUrl ?? $"{Url}{call.Path.Replace("/batch", "/verify")}",
                        ["header"] = new JsonObject { ["x-verify"] = "granted" },
                    };
                answer["actions"] = actions;
                return answer;
            }),
        ];
        return (
            200,
            new JsonObject
            {
                ["transfer"] = isInParts ? "multipart" : "basic",
                ["objects"] = new JsonArray(answers),
            }.ToJsonString()
        );
    }

    private (int, string) Complete(HubCall call)
    {
        var id = call.Path.Split('/')[^3];
        var (oid, count) = _uploads[id];
        if ((string)call.Json["oid"]! != oid || call.Json["parts"]!.AsArray().Count != count)
            return (400, "");
        using var all = new MemoryStream();
        foreach (var (index, part) in call.Json["parts"]!.AsArray().Index())
        {
            var bytes = _parts[$"{id}/{index + 1}"];
            if ((int)part!["partNumber"]! != index + 1 || (string)part["etag"]! != $"\"e{index + 1}-{bytes.Length}\"")
                return (400, "");
            all.Write(bytes);
        }
        if (Convert.ToHexStringLower(SHA256.HashData(all.ToArray())) != oid)
            return (400, "");
        Stored[oid] = all.ToArray();
        return (200, "");
    }

    private (int, string) Commit(HubCall call, HttpContext context, FakeDataset dataset, string branch)
    {
        if (call.Headers["Content-Type"] != "application/x-ndjson")
            throw new InvalidOperationException("No lines of JSON.");
        if (Forgets)
            return (200, Committed(dataset, dataset.Add(branch, "forgotten", dataset.Main.Files), null));
        if (dataset.At(branch) is not { } parent)
            return NoRevision(context, branch);
        var header = call.Lines[0].GetProperty("value");
        if (header.TryGetProperty("parentCommit", out var named) && named.GetString() != parent.Id)
            return (412, """{"error":"A commit has happened since. Please refresh and try again."}""");
        var files = new Dictionary<string, FakeFile>(parent.Files);
        foreach (var line in call.Lines.Skip(1))
        {
            var value = line.GetProperty("value");
            var path = value.GetProperty("path").GetString()!;
            switch (line.GetProperty("key").GetString())
            {
                case "file":
                    var bytes = value.GetProperty("content").GetBytesFromBase64();
                    files[path] = new(bytes, null, bytes.Length);
                    break;
                case "lfsFile":
                    var oid = value.GetProperty("oid").GetString()!;
                    if (!Stored.ContainsKey(oid))
                        return (400, """{"error":"LFS pointer pointed to a file that does not exist"}""");
                    files[path] = new(null, oid, value.GetProperty("size").GetInt64());
                    break;
                case "deletedFile":
                    if (!files.Remove(path))
                        return (400, """{"error":"No such file"}""");
                    break;
                default:
                    throw new InvalidOperationException("No such line.");
            }
        }
        var title = header.GetProperty("summary").GetString()!;
        if (call.Query != "?create_pr=1")
            return (200, Committed(dataset, dataset.Add(branch, title, files), null));
        var pull = new FakePull(dataset.Pulls.Count + 1, title, dataset.Make(parent.Id, title, files));
        dataset.Pulls.Insert(0, pull);
        return (200, Committed(dataset, pull.Commit, pull.Number));
    }

    private string Committed(FakeDataset dataset, FakeCommit commit, int? pull)
    {
        var answer = new JsonObject
        {
            ["success"] = true,
            ["commitOid"] = commit.Id,
            ["commitUrl"] = $"{Url}/datasets/{dataset.Name}/commit/{commit.Id}",
            ["hookOutput"] = "",
        };
        if (pull is { } number)
            answer["pullRequestUrl"] = $"{Url}/datasets/{dataset.Name}/discussions/{number}";
        return answer.ToJsonString();
    }

    private static (int, string) Tag(HubCall call, HttpContext context, FakeDataset dataset, string revision)
    {
        if (dataset.At(revision) is not { } commit)
            return NoRevision(context, revision);
        return dataset.Tags.TryAdd((string)call.Json["tag"]!, commit.Id)
            ? (200, "")
            : (409, """{"error":"Tag reference exists already"}""");
    }

    private static (int, string) Branch(HubCall call, FakeDataset dataset, string branch) =>
        dataset.Branches.TryAdd(branch, (string)call.Json["startingPoint"]!)
            ? (200, "")
            : (409, """{"error":"Reference already exists"}""");

    [GeneratedRegex(@"^/api/datasets/([^/]+/[^/]+)(/.*)?$")]
    private static partial Regex DatasetPath();

    [GeneratedRegex(@"^/datasets/([^/]+/[^/]+)\.git/info/lfs/objects/(batch|verify)$")]
    private static partial Regex LfsPath();
}
