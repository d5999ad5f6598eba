using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Concord.Tests.GitHub;

/// <summary>A GitHub on this machine, as a GitHub Enterprise server is reached: it has repositories, forks, permissions and pull requests, takes only what GitHub's description allows, gives only what it allows, and remembers what was wrong.</summary>
internal sealed partial class FakeGitHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _mistakes = new();
    private readonly List<FakeFault> _faults = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FakeRepository> _repositories = [];
    private long _ids = 5_000_000_000;

    private FakeGitHub(WebApplication app) => _app = app;

    /// <summary>Such as <c>http://127.0.0.1:40001</c>.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>Such as <c>127.0.0.1:40001</c>.</summary>
    public string Host => new Uri(Url).Authority;

    public string Api => Url + "/api/v3";

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<FakeCall> Calls { get; } = new();

    /// <summary>Files of releases, by the path of their page, as anybody downloads them.</summary>
    public ConcurrentDictionary<string, byte[]> Downloads { get; } = new();

    /// <summary>Where artifacts lie: a host of its own, which must not see a token.</summary>
    public string? FileHost { get; set; }

    public static async Task<FakeGitHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeGitHub(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Assert.Empty(_mistakes);
    }

    /// <summary>What breaks the contract. Whoever wants some takes them out, else they fail the test at its end.</summary>
    public IReadOnlyList<string> TakeMistakes()
    {
        var all = _mistakes.ToArray();
        _mistakes.Clear();
        return all;
    }

    public FakeAccount AddAccount(string login, string? token = null, bool isApp = false, bool isReadOnly = false) =>
        _accounts[login] = new(login, token) { IsApp = isApp, IsReadOnly = isReadOnly };

    public FakeRepository AddRepository(string fullName, params string[] writers)
    {
        var repository = new FakeRepository(NextId(), fullName);
        repository.Writers.UnionWith(writers);
        _repositories.Add(repository);
        return repository;
    }

    public FakeRepository AddFork(FakeRepository parent, string fullName)
    {
        var fork = AddRepository(fullName);
        fork.Parent = parent;
        fork.DefaultBranch = parent.DefaultBranch;
        foreach (var (branch, sha) in parent.Branches)
            fork.Branches[branch] = sha;
        return fork;
    }

    /// <summary>From now on something goes wrong with some calls.</summary>
    public void Break(FakeFault fault)
    {
        lock (_lock)
            _faults.Add(fault);
    }

    /// <summary>Some calls get a refusal in GitHub's words.</summary>
    public void Refuse(string operation, string refusal, int times = 1, params (string Name, string Value)[] headers) =>
        Break(
            new(c => c.Id == operation, context => SendAsync(context, GitHubContract.Refusal(refusal), headers)) { Times = times }
        );

    private static Task SendAsync(HttpContext context, GitHubRefusal refusal, (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = refusal.Status;
        foreach (var (name, value) in refusal.Headers)
            context.Response.Headers[name] = value;
        foreach (var (name, value) in headers)
            if (value.Length == 0)
                context.Response.Headers.Remove(name);
            else
                context.Response.Headers[name] = value;
        return context.Response.WriteAsync(refusal.Body);
    }

    private long NextId() => Interlocked.Increment(ref _ids);

    private async Task HandleAsync(HttpContext context)
    {
        if (Downloads.TryGetValue(context.Request.Path, out var file))
        {
            await context.Response.Body.WriteAsync(file);
            return;
        }
        try
        {
            await AnswerAsync(context);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _mistakes.Enqueue($"{context.Request.Method} {context.Request.Path}: {e.Message}");
            throw;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content);
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var path = Below(raw);
        // Followed pages name a repository by its number; an old name leads to it too.
        if (NumberedPath().Match(path) is { Success: true } numbered)
        {
            var id = long.Parse(numbered.Groups[1].Value, CultureInfo.InvariantCulture);
            path = $"/repos/{_repositories.Single(r => r.Id == id).FullName}{numbered.Groups[2].Value}";
        }
        if (GitHubContract.Find(request.Method, path) is not { } operation)
            throw new InvalidOperationException($"GitHub knows no {request.Method} {path}.");
        var isUpload = operation.Id == "repos/upload-release-asset";
        if (isUpload != raw.StartsWith("/api/uploads/", StringComparison.Ordinal))
            throw new InvalidOperationException($"{operation.Id} at {raw}");
        if (Denied(request) is { } denied)
        {
            await SendAsync(context, denied, []);
            return;
        }
        var text = isUpload ? "" : Encoding.UTF8.GetString(content.ToArray());
        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        if (text.Length > 0 && request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"content type {request.ContentType}");
        if (isUpload && (request.ContentLength is null || request.ContentType is null))
            throw new InvalidOperationException("An upload needs its length and type.");
        string[] wrong =
        [
            .. GitHubContract.CheckQuery(operation, query),
            .. isUpload ? [] : GitHubContract.CheckRequest(operation, text),
        ];
        if (wrong.Length > 0)
            throw new InvalidOperationException($"{operation.Id}: {string.Join("; ", wrong)}");

        var bearer = request.Headers.Authorization.ToString() is { Length: > 7 } authorization ? authorization[7..] : null;
        var by = bearer is null ? null : _accounts.Values.First(a => a.Token == bearer);
        var call = new FakeCall(
            operation,
            request.Method,
            query,
            text.Length > 0 ? JsonNode.Parse(text) as JsonObject : null,
            content.ToArray(),
            by,
            operation.Values.TryGetValue("owner", out var owner) ? Repository($"{owner}/{operation["repo"]}") : null
        )
        {
            ContentType = request.ContentType,
            Path = path,
        };
        Calls.Enqueue(call);
        FakeFault? fault;
        FakeReply? reply = null;
        lock (_lock)
        {
            fault = _faults.FirstOrDefault(f => f.Times > 0 && f.IsFor(call));
            if (fault is not null)
                fault.Times--;
            if (fault is null or { AfterDoing: true })
                reply = Reply(call);
        }
        if (fault is not null)
            await fault.Send(context);
        else
            await SendAsync(context, call, reply!);
    }

    private static async Task SendAsync(HttpContext context, FakeCall call, FakeReply reply)
    {
        var json = reply.Body?.ToJsonString() ?? "";
        foreach (var wrong in GitHubContract.CheckResponse(call.Operation, reply.Status, json))
            throw new InvalidOperationException($"{call.Id}: {wrong}");
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
        context.Response.Headers["x-ratelimit-remaining"] = "4987";
        if (json.Length == 0)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(json);
    }

    /// <summary>What GitHub asks of every request.</summary>
    private GitHubRefusal? Denied(HttpRequest request)
    {
        if (request.Headers.UserAgent.Count == 0)
            return GitHubContract.Refusal("403-user-agent-required");
        if (request.Headers.Accept != "application/vnd.github+json" || request.Headers["X-GitHub-Api-Version"] != "2022-11-28")
            throw new InvalidOperationException("The headers of the API are missing.");
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.Length == 0)
            return request.Method == "GET" && request.Path != "/api/v3/user"
                ? null
                : GitHubContract.Refusal("401-requires-authentication");
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            throw new InvalidOperationException("The token is not sent as a bearer's.");
        return _accounts.Values.Any(a => a.Token == authorization[7..]) ? null : GitHubContract.Refusal("401-bad-credentials");
    }

    private FakeRepository? Repository(string fullName) =>
        _repositories.FirstOrDefault(r => r.FullName.Equals(fullName, StringComparison.OrdinalIgnoreCase));

    private static string Below(string raw) =>
        raw.StartsWith("/api/v3/", StringComparison.Ordinal) ? raw[7..]
        : raw.StartsWith("/api/uploads/", StringComparison.Ordinal) ? raw[12..]
        : throw new InvalidOperationException($"GitHub has no API at {raw}.");

    [GeneratedRegex("^/repositories/([0-9]+)(/.*)?$")]
    private static partial Regex NumberedPath();
}
