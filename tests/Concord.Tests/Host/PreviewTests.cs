using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Concord.App.Host;

namespace Concord.Tests.Host;

public sealed class PreviewTests
{
    // KEY is the output's own path.
    private static readonly string[] Traversals =
    [
        "/KEY/../output.json",
        "/KEY/..%2foutput.json",
        "/KEY/..%2Foutput.json",
        "/KEY/%2e%2e/output.json",
        "/KEY/%2E%2E/output.json",
        "/KEY/%2e%2e%2foutput.json",
        "/KEY/.%2e/output.json",
        "/KEY/%2e./output.json",
        "/KEY/..\\output.json",
        "/KEY/..%5coutput.json",
        "/KEY/%2e%2e%5coutput.json",
        "/KEY/..%252foutput.json",
        "/KEY/%252e%252e/output.json",
        "/KEY/%25252e%25252e/output.json",
        "/KEY/%c0%ae%c0%ae/output.json",
        "/KEY/..%c0%afoutput.json",
        "/KEY/..%u2215output.json",
        "/KEY/%uff0e%uff0e/output.json",
        "/KEY/..;/output.json",
        "/KEY/./../output.json",
        "/KEY/x/../../output.json",
        "/KEY/index.html/../../output.json",
        "/KEY/....//output.json",
        "/KEY/..../output.json",
        "/KEY/../../../../../benchmark.yaml",
        "/KEY//etc/passwd",
        "/KEY///etc/passwd",
        "/KEY/%2fetc%2fpasswd",
        "/KEY/%2f%2fetc/passwd",
        "/KEY/C:/windows/win.ini",
        "/KEY/C:%5cwindows%5cwin.ini",
        "/KEY/%5c%5cserver%5cshare",
        "/KEY/file:///etc/passwd",
        "/KEY/link",
        "/KEY/%6cink",
        "/KEY/folder/benchmarks/benchmark.yaml",
        "/KEY/folder/.git/config",
        "/KEY/./index.html",
        "/KEY/.//index.html",
        "/KEY/%2e/index.html",
        "/KEY/index.html/",
        "/KEY/index.html%2f..",
        "/KEY/__concord/vendor/d3/package.json",
        "/KEY",
        "/",
        "/index.html",
        "/../benchmarks/benchmark.yaml",
        "/KEY../index.html",
        "/wrong/index.html",
        "/__concord/vendor/../package.json",
        "/__concord/vendor/%2e%2e/package.json",
        "/__concord/vendor/..%2fpackage.json",
        "/__concord/vendor//etc/passwd",
        "/benchmarks/outputs/bars/acme/secretron-9/files/index.html",
        "http://localhost:PORT/KEY/index.html",
    ];

    [Fact]
    public async Task No_spelling_leads_out_of_an_output()
    {
        await using var session = await HostedSession.StartAsync();
        var (key, entry) = await PathAsync(session);
        // Put there while the session is open, as a pull could.
        var files = session.Repository[$"benchmarks/outputs/bars/{HostedSession.Model}/files"];
        File.CreateSymbolicLink(Path.Combine(files, "link"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(files, "folder"), session.Repository.Path);
        session.Repository.Write("benchmarks/vendor/package.json", "{}");

        var found = new List<string>();
        foreach (var spelling in Traversals)
        {
            var (status, answer) = await session.PreviewAsync(
                spelling
                    .Replace("KEY", key, StringComparison.Ordinal)
                    .Replace("PORT", $"{session.Host.Names.PreviewPort}", StringComparison.Ordinal)
            );
            if (status != 404 || !answer.EndsWith("\r\n\r\n", StringComparison.Ordinal) || !HasHeaders(answer))
                found.Add($"{spelling}: {status}");
        }

        Assert.Empty(found);
        Assert.True(Traversals.Length >= 40);
        Assert.Equal(200, (await session.PreviewAsync(entry)).Status);
        Assert.InRange((await session.PreviewAsync($"/{key}/index.html%00.txt")).Status, 400, 404);
    }

    [Fact]
    public async Task A_folder_of_files_that_became_a_link_is_not_followed()
    {
        await using var session = await HostedSession.StartAsync();
        var (_, entry) = await PathAsync(session);
        var files = session.Repository[$"benchmarks/outputs/bars/{HostedSession.Model}/files"];
        Directory.Move(files, session.Repository["elsewhere"]);
        Directory.CreateSymbolicLink(files, session.Repository["elsewhere"]);

        Assert.Equal(404, (await session.PreviewAsync(entry)).Status);
    }

    [Theory]
    [InlineData("127.0.0.1:PORT")]
    [InlineData("evil.example:PORT")]
    [InlineData("localhost")]
    [InlineData("localhost.:PORT")]
    public async Task Another_name_gets_nothing(string host)
    {
        await using var session = await HostedSession.StartAsync();
        var (_, entry) = await PathAsync(session);

        var (status, answer) = await session.PreviewAsync(
            entry,
            host.Replace("PORT", $"{session.Host.Names.PreviewPort}", StringComparison.Ordinal)
        );

        Assert.Equal(403, status);
        Assert.True(HasHeaders(answer));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    public async Task It_is_only_read(string method)
    {
        await using var session = await HostedSession.StartAsync();
        var (_, entry) = await PathAsync(session);

        Assert.Equal(405, (await session.PreviewAsync(entry, method: method)).Status);
    }

    [Fact]
    public async Task A_page_has_the_sandboxs_headers_on_both_loopbacks_and_no_cookie()
    {
        await using var session = await HostedSession.StartAsync();
        var (_, entry) = await PathAsync(session);

        var (_, answer) = await session.PreviewAsync(entry);
        var (head, empty) = await session.PreviewAsync(entry, method: "HEAD");

        Assert.True(HasHeaders(answer));
        Assert.EndsWith(HostedSession.Page, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ETag", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Last-Modified", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, head);
        Assert.EndsWith("\r\n\r\n", empty, StringComparison.Ordinal);
        foreach (var address in FreePort.BothLoopbacks)
        {
            using var client = new TcpClient(address.AddressFamily);
            await client.ConnectAsync(address, session.Host.Names.PreviewPort, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_api_is_not_on_the_previews_site_nor_previews_on_the_pages()
    {
        await using var session = await HostedSession.StartAsync();
        var (_, entry) = await PathAsync(session);

        Assert.Equal(404, (await session.PreviewAsync("/api/session")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await session.SendAsync(HttpMethod.Get, entry)).Status);
    }

    [Fact]
    public async Task Pages_that_ask_in_a_loop_or_stall_do_not_hold_up_the_grader()
    {
        await using var session = await HostedSession.StartAsync();
        var (_, entry) = await PathAsync(session);
        var stalled = new List<TcpClient>();
        for (var i = 0; i < 60; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, session.Host.Names.PreviewPort, TestContext.Current.CancellationToken);
            stalled.Add(client);
        }
        using var enough = new CancellationTokenSource();
        using var loop = new HttpClient { BaseAddress = new(session.PreviewOrigin) };
        var loops = Enumerable
            .Range(0, 16)
            .Select(async _ =>
            {
                while (!enough.IsCancellationRequested)
                    await loop.GetByteArrayAsync(entry, TestContext.Current.CancellationToken);
            })
            .ToArray();

        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 20; i++)
        {
            var clock = Stopwatch.StartNew();
            await session.GetAsync("/api/session");
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }
        await enough.CancelAsync();
        await Task.WhenAll(loops);
        stalled.ForEach(c => c.Dispose());

        Assert.True(slowest < TimeSpan.FromSeconds(2), $"{slowest}");
    }

    private static bool HasHeaders(string answer) =>
        new[]
        {
            $"Content-Security-Policy: {PreviewSite.Policy}\r\n",
            "Access-Control-Allow-Origin: *\r\n",
            "X-Content-Type-Options: nosniff\r\n",
            "Referrer-Policy: no-referrer\r\n",
        }.All(h => answer.Contains(h, StringComparison.Ordinal));

    private static async Task<(string Key, string Entry)> PathAsync(HostedSession session)
    {
        var item = await session.GetAsync($"/api/items/{await session.KeyAsync()}");
        var entry = new Uri((string)item["preview"]!).AbsolutePath;
        return (entry.Split('/')[1], entry);
    }
}
