using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Concord.App.Host;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Host;

/// <summary>The real host on free ports over a real repository, and a browser's requests to it.</summary>
internal sealed class HostedSession : IAsyncDisposable
{
    public const string Model = "acme/secretron-9";
    public const string Other = "zenith/quietly-2";
    public const string Page = "<p>one</p>\n";

    private readonly HttpClient _client;
    private readonly StringBuilder _received = new();
    private bool _closed;

    private HostedSession(TestRepository repository, GradingHost host, List<string> said)
    {
        (Repository, Host, Said) = (repository, host, said);
        _client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
            }
        )
        {
            BaseAddress = new(host.Names.PageOrigin),
        };
    }

    public TestRepository Repository { get; }

    public GradingHost Host { get; }

    public List<string> Said { get; }

    public string Cookie { get; set; } = "";

    public string Origin => Host.Names.PageOrigin;

    public string PreviewOrigin => $"http://localhost:{Host.Names.PreviewPort}";

    /// <summary>Every byte of every answer so far, headers too.</summary>
    public string Received => _received.ToString();

    /// <summary>A workspace whose names would be known anywhere; ben has graded the first output.</summary>
    public static TestRepository Workspace()
    {
        var repository = TestWorkspace.Create(commit: false);
        Directory.Delete(repository["benchmarks/outputs"], recursive: true);
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace
                .Benchmark.Replace("lab/one", Model, StringComparison.Ordinal)
                .Replace("lab/two", Other, StringComparison.Ordinal) + "\n"
        );
        TestWorkspace.AddOutput(repository, "bars", Model, Page);
        TestWorkspace.AddOutput(repository, "bars", Other, "<p>two</p>\n");
        repository.Write($"benchmarks/outputs/bars/{Model}/screenshot.png", "\u0089PNG pixels");
        repository.Write(
            "grades/ben-2026-11-02.csv",
            TestWorkspace.Header + $"bars,{Model},{TestWorkspace.OutputId(Page)},2,1,graded,peerwords,2026-11-02T09:00:00Z,30\n"
        );
        repository.Git("config", "user.name", "Ada Sample");
        repository.Git("config", "user.email", "ada@concord.example");
        repository.Commit("hushed subject");
        return repository;
    }

    public static async Task<HostedSession> StartAsync(
        TestRepository? repository = null,
        string grader = "ada",
        GradingMode mode = GradingMode.Grade,
        bool enter = true,
        int port = 0,
        bool commits = true
    )
    {
        repository ??= Workspace();
        var said = new List<string>();
        var host = await GradingHost.StartAsync(
            new(repository.Path, port, false, null, TimeProvider.System, said.Add),
            Task.FromResult(new GradingOptions(repository.Path, GraderId.Parse(grader), commits, mode, [], TimeProvider.System)),
            await GitRepository.FindAsync(repository.Path, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        await host.Opening;
        var session = new HostedSession(repository, host, said);
        if (enter)
            await session.EnterAsync();
        return session;
    }

    public async Task EnterAsync()
    {
        using var answer = await _client.GetAsync(new Uri(Host.Address), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    /// <summary>A request as the page itself makes it; <paramref name="change"/> makes it another's.</summary>
    public async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Answer)> SendAsync(
        HttpMethod method,
        string path,
        JsonNode? body = null,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        if (method != HttpMethod.Get)
            request.Headers.TryAddWithoutValidation("Origin", Origin);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        change?.Invoke(request);
        var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var text = Encoding.Latin1.GetString(bytes);
        _received.Append(answer.Headers).Append(answer.Content.Headers).Append(text);
        return (answer.StatusCode, text, answer);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body, _) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>The key of the output of a page's words.</summary>
    public async Task<string> KeyAsync(string words = "one")
    {
        foreach (var item in (await GetAsync("/api/session"))["items"]!.AsArray())
            if (
                ((string)(await GetAsync($"/api/items/{item!["key"]}"))["files"]![0]!["text"]!).Contains(
                    words,
                    StringComparison.Ordinal
                )
            )
                return (string)item["key"]!;
        throw new InvalidOperationException("There is no such output.");
    }

    public static JsonNode Grade(
        double? functionality = 4,
        double? aesthetics = 3,
        string status = "graded",
        string notes = "",
        string version = ""
    ) =>
        new JsonObject
        {
            ["scores"] = new JsonObject { ["functionality"] = functionality, ["aesthetics"] = aesthetics },
            ["notes"] = notes,
            ["status"] = status,
            ["base"] = version,
            ["seconds"] = 12.5,
        };

    public static JsonNode Draft(double? functionality, string notes = "", string version = "") =>
        new JsonObject
        {
            ["scores"] = new JsonObject { ["functionality"] = functionality, ["aesthetics"] = null },
            ["notes"] = notes,
            ["base"] = version,
        };

    /// <summary>A request to the preview site, sent as it stands: no client tidies its address.</summary>
    public async Task<(int Status, string Answer)> PreviewAsync(string target, string? host = null, string method = "GET")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Host.Names.PreviewPort, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes(
                $"{method} {target} HTTP/1.1\r\nHost: {host ?? $"localhost:{Host.Names.PreviewPort}"}\r\nConnection: close\r\n\r\n"
            ),
            TestContext.Current.CancellationToken
        );
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        _received.Append(answer);
        return (int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), answer);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Repository.Dispose();
    }

    public async Task CloseAsync()
    {
        if (_closed)
            return;
        _closed = true;
        _client.Dispose();
        await Host.DisposeAsync();
    }
}
