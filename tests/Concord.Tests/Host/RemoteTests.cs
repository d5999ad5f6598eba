using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Concord.App.Host;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Host;

/// <summary>What <c>--allow-remote --token</c> opens, asked for from this machine under an address that other machines could use.</summary>
public sealed class RemoteTests
{
    private const string Token = "a-token-of-the-graders-own";

    private static readonly IPAddress? Outside = NetworkInterface
        .GetAllNetworkInterfaces()
        .SelectMany(n => n.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));

    [Fact]
    public async Task Only_the_token_lets_in_and_then_everything_works_under_that_address()
    {
        using var repository = HostedSession.Workspace();
        await using var host = await StartAsync(repository);
        using var client = Client(host);
        var loopbackToken = CloneSecret.Open(repository[".git"]).Token;

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(client, "/")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(client, "/api/session")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(client, "/?token=another-token-altogether")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(client, $"/?token={loopbackToken}")).Status);
        var (let, _, answer) = await SendAsync(client, $"/?token={Token}");
        Assert.Equal(HttpStatusCode.SeeOther, let);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.EndsWith("; Path=/; HttpOnly; SameSite=Strict", cookie, StringComparison.Ordinal);

        var session = JsonNode.Parse((await SendAsync(client, "/api/session", cookie)).Body)!;
        Assert.Equal($"http://{Outside}:{host.Names.PreviewPort}", (string?)session["preview_origin"]);
        var key = (string)session["items"]![0]!["key"]!;
        var item = JsonNode.Parse((await SendAsync(client, $"/api/items/{key}", cookie)).Body)!;
        var preview = await SendAsync(client, (string)item["preview"]!);
        Assert.Equal((HttpStatusCode.OK, true), (preview.Status, preview.Body.StartsWith("<p>", StringComparison.Ordinal)));
        Assert.StartsWith(
            "sandbox allow-scripts;",
            preview.Answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(client, host, key, cookie, PageOf(host))).Status);
    }

    [Fact]
    public async Task Other_names_and_other_sites_are_refused_there_too()
    {
        using var repository = HostedSession.Workspace();
        await using var host = await StartAsync(repository);
        using var client = Client(host);
        var cookie = (await SendAsync(client, $"/?token={Token}")).Answer.Headers.GetValues("Set-Cookie").Single();
        var key = (await host.Opening).Document(PageOf(host)).Items[0].Key;

        foreach (var name in new[] { "evil.example", $"{Outside}.nip.example", "localhost" })
        {
            var (page, _, _) = await SendAsync(client, "/api/session", cookie, $"{name}:{host.Names.Port}");
            var (preview, _, _) = await SendAsync(client, PreviewOf(host) + "/", host: $"{name}x:{host.Names.PreviewPort}");
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (page, preview));
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(client, "/api/session", cookie, $"{Outside}")).Status);
        // What a preview sends has its own origin, and one of the page under another of its names is not this page.
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(client, host, key, cookie, PreviewOf(host))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(client, host, key, cookie, host.Names.PageOrigin)).Status);
        var (_, body, _) = await SendAsync(client, $"/api/items/{key}", cookie);
        Assert.Null(JsonNode.Parse(body)!["grade"]);
    }

    [Fact]
    public async Task Without_it_nobody_listens_on_that_address()
    {
        Assert.SkipWhen(Outside is null, "This machine has no address but loopback.");
        await using var session = await HostedSession.StartAsync();

        foreach (var port in new[] { session.Host.Names.Port, session.Host.Names.PreviewPort })
        {
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(async () =>
                await client.ConnectAsync(Outside!, port, TestContext.Current.CancellationToken)
            );
        }
    }

    private static async Task<GradingHost> StartAsync(TestRepository repository)
    {
        Assert.SkipWhen(Outside is null, "This machine has no address but loopback.");
        var host = await GradingHost.StartAsync(
            new(repository.Path, Port: 0, AutoAdvance: false, Token, TimeProvider.System, _ => { }),
            Task.FromResult(
                new GradingOptions(repository.Path, GraderId.Parse("ada"), true, GradingMode.Grade, [], TimeProvider.System)
            ),
            await GitRepository.FindAsync(repository.Path, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        await host.Opening;
        return host;
    }

    private static string PageOf(GradingHost host) => $"http://{Outside}:{host.Names.Port}";

    private static string PreviewOf(GradingHost host) => $"http://{Outside}:{host.Names.PreviewPort}";

    private static HttpClient Client(GradingHost host) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
            }
        )
        {
            BaseAddress = new(PageOf(host)),
        };

    private static async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Answer)> SendAsync(
        HttpClient client,
        string path,
        string? cookie = null,
        string? host = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute));
        request.Headers.Host = host;
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie.Split(';')[0]);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PutAsync(
        HttpClient client,
        GradingHost host,
        string key,
        string cookie,
        string origin
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{PageOf(host)}/api/items/{key}/grade");
        request.Headers.TryAddWithoutValidation("Cookie", cookie.Split(';')[0]);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Content = new StringContent(HostedSession.Grade().ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
