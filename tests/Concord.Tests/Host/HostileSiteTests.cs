using System.Net;
using System.Text;

namespace Concord.Tests.Host;

public sealed class HostileSiteTests
{
    public static TheoryData<string> Attacks => [.. Changes.Keys];

    private static readonly Dictionary<string, Action<HttpRequestMessage, HostedSession>> Changes = new(StringComparer.Ordinal)
    {
        ["a form of another site"] = (r, _) =>
        {
            Put(r, "Origin", "https://evil.example");
            Put(r, "Sec-Fetch-Site", "cross-site");
            r.Content = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");
        },
        ["fetch of another site"] = (r, _) =>
        {
            Put(r, "Origin", "https://evil.example");
            Put(r, "Sec-Fetch-Site", "cross-site");
        },
        ["another origin, from an old browser"] = (r, _) =>
        {
            Put(r, "Origin", "https://evil.example");
            r.Headers.Remove("Sec-Fetch-Site");
        },
        ["a preview"] = (r, s) =>
        {
            Put(r, "Origin", s.PreviewOrigin);
            Put(r, "Sec-Fetch-Site", "cross-site");
        },
        ["another port of this machine"] = (r, _) =>
        {
            Put(r, "Origin", "http://127.0.0.1:1");
            Put(r, "Sec-Fetch-Site", "same-site");
        },
        ["same-site, with the right origin"] = (r, _) => Put(r, "Sec-Fetch-Site", "same-site"),
        ["no origin"] = (r, _) => r.Headers.Remove("Origin"),
        ["a null origin"] = (r, _) => Put(r, "Origin", "null"),
        ["two origins"] = (r, _) => r.Headers.TryAddWithoutValidation("Origin", "https://evil.example"),
        ["DNS rebinding"] = (r, s) =>
        {
            r.Headers.Host = $"evil.example:{s.Host.Names.Port}";
            Put(r, "Origin", $"http://evil.example:{s.Host.Names.Port}");
        },
        ["the preview's name"] = (r, s) =>
        {
            r.Headers.Host = $"localhost:{s.Host.Names.Port}";
            Put(r, "Origin", $"http://localhost:{s.Host.Names.Port}");
        },
        ["no port in Host"] = (r, _) => r.Headers.Host = "127.0.0.1",
        ["JSON as text/plain"] = (r, _) =>
            r.Content = new StringContent(HostedSession.Grade().ToJsonString(), Encoding.UTF8, "text/plain"),
        ["JSON of no type"] = (r, _) => r.Content!.Headers.ContentType = null,
        ["no cookie"] = (r, _) => r.Headers.Remove("Cookie"),
        ["a wrong cookie"] = (r, s) => Put(r, "Cookie", s.Cookie[..^4] + "AAAA"),
        ["a body without end"] = (r, _) =>
            r.Content = new StringContent($"{{\"notes\":\"{new string('x', 600_000)}\"}}", Encoding.UTF8, "application/json"),
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_grade_that_another_sends_is_refused(string attack)
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();

        var (status, body, answer) = await session.SendAsync(
            HttpMethod.Put,
            $"/api/items/{key}/grade",
            HostedSession.Grade(),
            r => Changes[attack](r, session)
        );

        Assert.InRange((int)status, 400, 499);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.DoesNotContain(session.Cookie.Split('=')[1], body, StringComparison.Ordinal);
        Assert.Null((await session.GetAsync($"/api/items/{key}"))["grade"]);
        // Only what was changed in the request was in the way.
        var (allowed, text, _) = await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", HostedSession.Grade());
        Assert.True(allowed == HttpStatusCode.OK, text);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("same-origin", "https://evil.example")]
    [InlineData("cross-site", "null")]
    public async Task What_another_site_only_reads_is_refused(string site, string? origin)
    {
        await using var session = await HostedSession.StartAsync();

        foreach (var path in new[] { "/", "/api/session", $"/api/items/{await session.KeyAsync()}/screenshot" })
        {
            var (status, _, _) = await session.SendAsync(
                HttpMethod.Get,
                path,
                change: r =>
                {
                    Put(r, "Sec-Fetch-Site", site);
                    if (origin is not null)
                        Put(r, "Origin", origin);
                }
            );
            Assert.Equal(HttpStatusCode.Forbidden, status);
        }
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("POST")]
    public async Task Other_methods_are_refused(string method)
    {
        await using var session = await HostedSession.StartAsync();

        var (status, _, _) = await session.SendAsync(new(method), "/api/session", new System.Text.Json.Nodes.JsonObject());

        Assert.InRange((int)status, 400, 499);
    }

    [Fact]
    public async Task The_page_is_for_whoever_has_the_token_and_says_nothing_else()
    {
        await using var session = await HostedSession.StartAsync(enter: false);

        var (stranger, words, _) = await session.SendAsync(HttpMethod.Get, "/");
        var (wrong, _, _) = await session.SendAsync(HttpMethod.Get, "/?token=wrong");
        var once = new Uri(session.Host.OneTimeAddress()).PathAndQuery;
        var (first, _, letIn) = await session.SendAsync(HttpMethod.Get, once);
        var (second, _, _) = await session.SendAsync(HttpMethod.Get, once);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther, HttpStatusCode.Unauthorized),
            (stranger, wrong, first, second)
        );
        Assert.Contains("concord grade", words, StringComparison.Ordinal);
        var cookie = Assert.Single(letIn.Headers.GetValues("Set-Cookie"));
        Assert.EndsWith("; Path=/; HttpOnly; SameSite=Strict", cookie, StringComparison.Ordinal);
        Assert.Equal("/", letIn.Headers.Location!.ToString());
        Assert.Empty(session.Said);
    }

    [Fact]
    public async Task The_page_runs_nothing_without_its_nonce_and_frames_the_previews_alone()
    {
        await using var session = await HostedSession.StartAsync();

        var (_, page, answer) = await session.SendAsync(HttpMethod.Get, "/");
        var (_, _, again) = await session.SendAsync(HttpMethod.Get, "/");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'nonce-", policy, StringComparison.Ordinal);
        Assert.Contains($"frame-src {session.PreviewOrigin}; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.NotEqual(policy, again.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains($"nonce=\"{policy.Split("'nonce-")[1].Split('\'')[0]}\"", page, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Fact]
    public async Task The_secret_is_its_owners_alone_and_one_that_others_could_read_is_replaced()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions.");
            return;
        }
        await using var session = await HostedSession.StartAsync();
        var secret = session.Repository[".git/concord/host-secret"];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        var before = await File.ReadAllBytesAsync(secret, TestContext.Current.CancellationToken);
        await session.CloseAsync();

        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var next = await HostedSession.StartAsync(session.Repository);
        await next.CloseAsync();

        Assert.NotEqual(before, await File.ReadAllBytesAsync(secret, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
    }

    private static void Put(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
