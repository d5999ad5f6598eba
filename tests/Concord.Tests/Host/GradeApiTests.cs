using System.Net;
using System.Text.Json.Nodes;
using Concord.Tests.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Host;

public sealed class GradeApiTests
{
    [Fact]
    public async Task A_saved_grade_is_a_commit_and_the_item_is_done()
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();

        var saved = await PutAsync(session, key, HostedSession.Grade());

        Assert.Equal(
            ("graded", 4d, 0),
            ((string)saved["item"]!["status"]!, (double)saved["grade"]!["scores"]!["functionality"]!, (int)saved["pending"]!)
        );
        var branch = (await session.Host.Opening).Session.Branch;
        Assert.StartsWith(
            (string)saved["grade"]!["commit"]!,
            session.Repository.Git("rev-parse", branch),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"bars,{HostedSession.Model},",
            session.Repository.Git("show", $"{branch}:grades/{(await session.Host.Opening).Session.Id}.csv"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_page_that_saw_an_older_version_gets_the_newer_one_and_changes_nothing()
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();
        await PutAsync(session, key, HostedSession.Grade(4));

        var (status, body, _) = await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", HostedSession.Grade(1));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(4, (double)JsonNode.Parse(body)!["current"]!["scores"]!["functionality"]!);
        Assert.Equal(4, (double)(await session.GetAsync($"/api/items/{key}"))["grade"]!["scores"]!["functionality"]!);
    }

    [Theory]
    [InlineData(6d, "graded", "", "functionality")]
    [InlineData(2.5, "graded", "", "functionality")]
    [InlineData(null, "skipped", " ", "notes")]
    [InlineData(3d, "skipped", "why", "scores")]
    [InlineData(3d, "withdrawn", "why", "status")]
    [InlineData(3d, "nonsense", "", "status")]
    public async Task A_field_that_cannot_be_is_named(double? functionality, string status, string notes, string field)
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();

        var (code, body, _) = await session.SendAsync(
            HttpMethod.Put,
            $"/api/items/{key}/grade",
            HostedSession.Grade(functionality, null, status, notes)
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        var problem = Assert.Single(JsonNode.Parse(body)!["problems"]!.AsArray())!;
        Assert.Equal(field, (string)problem["field"]!);
        Assert.All(new[] { "message", "remedy" }, name => Assert.NotEmpty((string)problem[name]!));
        Assert.Null((await session.GetAsync($"/api/items/{key}"))["grade"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"scores":{},"notes":"","base":""}""")]
    [InlineData("""{"scores":{},"notes":null,"base":"","status":"graded"}""")]
    [InlineData("""{"scores":{},"notes":"","base":"","status":"graded","more":1}""")]
    [InlineData("""{"scores":{},"scores":{},"notes":"","base":"","status":"graded"}""")]
    public async Task What_is_no_grade_at_all_is_refused_in_words(string text)
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();

        var (code, body, _) = await session.SendAsync(
            HttpMethod.Put,
            $"/api/items/{key}/grade",
            change: r => r.Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json")
        );

        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.NotEmpty((string)JsonNode.Parse(body)!["what"]!);
        Assert.Empty(session.Said);
    }

    [Fact]
    public async Task A_draft_is_kept_and_goes_with_the_grade()
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();

        var (status, _, _) = await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/draft", HostedSession.Draft(2, "so far"));
        var during = await session.GetAsync($"/api/items/{key}");
        await PutAsync(session, key, HostedSession.Grade());
        var after = await session.GetAsync($"/api/items/{key}");

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(("so far", 2d), ((string)during["draft"]!["notes"]!, (double)during["draft"]!["scores"]!["functionality"]!));
        Assert.Null(during["grade"]);
        Assert.Null(after["draft"]);
    }

    [Fact]
    public async Task A_draft_keeps_its_flag_and_a_page_that_sends_none_has_none()
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();
        var draft = HostedSession.Draft(2);
        draft["flagged"] = true;

        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/draft", draft);
        var flagged = (await session.GetAsync($"/api/items/{key}"))["draft"]!;
        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/draft", HostedSession.Draft(3));
        var plain = (await session.GetAsync($"/api/items/{key}"))["draft"]!;

        Assert.Equal(((bool)flagged["flagged"]!, (bool)plain["flagged"]!), (true, false));
    }

    [Fact]
    public async Task A_page_that_is_opened_does_not_wait_for_a_slow_hook()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The hook is a shell script.");
            return;
        }
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();
        var (held, released) = (session.Repository["held"], session.Repository["released"]);
        var hook = session.Repository[".git/hooks/pre-commit"];
        await File.WriteAllTextAsync(
            hook,
            $"#!/bin/sh\ntouch '{held}'\nn=0\nwhile [ ! -e '{released}' ] && [ $n -lt 1200 ]; do sleep 0.05; n=$((n+1)); done\n",
            TestContext.Current.CancellationToken
        );
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);

        var saving = PutAsync(session, key, HostedSession.Grade());
        while (!File.Exists(held) && !saving.IsCompleted)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        var opened = await session
            .GetAsync("/api/session")
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.False(saving.IsCompleted);
        Assert.Equal(1, (int)opened["pending"]!);
        await File.WriteAllTextAsync(released, "", TestContext.Current.CancellationToken);
        Assert.NotNull((string?)(await saving)["grade"]!["commit"]);
    }

    [Fact]
    public async Task A_hook_that_fails_is_shown_and_the_grade_is_committed_later()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The hook is a shell script.");
            return;
        }
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();
        var hook = session.Repository[".git/hooks/commit-msg"];
        await File.WriteAllTextAsync(
            hook,
            "#!/bin/sh\ncat \"$1\" >&2\necho not today >&2\nexit 1\n",
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);

        var saved = await PutAsync(session, key, HostedSession.Grade());
        var still = await session.SendAsync(HttpMethod.Post, "/api/commit", new JsonObject());
        File.Delete(hook);
        var (_, done, _) = await session.SendAsync(HttpMethod.Post, "/api/commit", new JsonObject());

        Assert.Contains("not today", (string)saved["grade"]!["pending"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("secretron", session.Received, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((null, 1), ((string?)saved["grade"]!["commit"], (int)saved["pending"]!));
        Assert.Equal(1, (int)JsonNode.Parse(still.Body)!["pending"]!);
        Assert.Equal(0, (int)JsonNode.Parse(done)!["pending"]!);
        Assert.NotNull((await session.GetAsync($"/api/items/{key}"))["grade"]!["commit"]);
    }

    [Fact]
    public async Task Peers_agreement_counts_what_both_graded_only_after_ones_own()
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();
        var before = await session.GetAsync("/api/summary");
        await PutAsync(session, key, HostedSession.Grade());

        var after = await session.GetAsync("/api/summary");

        Assert.All(before["agreement"]!.AsArray(), a => Assert.Equal((0, null), ((int)a!["items"]!, (double?)a["value"])));
        Assert.All(after["agreement"]!.AsArray(), a => Assert.Equal((1, 0d), ((int)a!["items"]!, (double?)a["value"])));
        Assert.Equal((1, 1, 12), ((int)after["graded"]!, (int)after["left"]!, (int)after["seconds"]!));
    }

    [Fact]
    public async Task Without_a_remote_nothing_can_be_handed_in_and_it_is_said_before()
    {
        await using var session = await HostedSession.StartAsync();

        var (status, body, _) = await session.SendAsync(HttpMethod.Post, "/api/submit", new JsonObject());

        Assert.False((bool)(await session.GetAsync("/api/session"))["can_submit"]!);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("no remote", (string)JsonNode.Parse(body)!["what"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_hands_the_session_in_and_goes_on_with_it()
    {
        using var remote = new TempFolder();
        new GitIn(remote.Path).Run("init", "-q", "--bare", "-b", "main");
        var repository = HostedSession.Workspace();
        repository.Git("remote", "add", "origin", remote.Path);
        repository.Git("push", "-q", "origin", "main");
        await using var session = await HostedSession.StartAsync(repository);
        var (one, two) = (await session.KeyAsync(), await session.KeyAsync("two"));
        await PutAsync(session, one, HostedSession.Grade());

        var (status, body, _) = await session.SendAsync(HttpMethod.Post, "/api/submit", new JsonObject());
        Assert.True(status == HttpStatusCode.OK, body);
        var first = JsonNode.Parse(body)!;
        var saved = await PutAsync(session, two, HostedSession.Grade(1, 1));
        var (again, _, _) = await session.SendAsync(HttpMethod.Post, "/api/submit", new JsonObject());

        Assert.True((bool)(await session.GetAsync("/api/session"))["can_submit"]!);
        Assert.Equal((true, null), ((bool)first["pushed"]!, (string?)first["url"]));
        Assert.Equal(HttpStatusCode.OK, again);
        Assert.Null((string?)(await session.GetAsync("/api/submit"))["step"]);
        var branch = new GitIn(remote.Path).Run("branch", "--list", "--format=%(refname:short)", "grading/*").Trim();
        Assert.Equal("grade: 2 outputs of bars", new GitIn(remote.Path).Run("log", "--format=%s", $"main..{branch}").Trim());
        Assert.DoesNotContain("secretron", session.Received, StringComparison.Ordinal);
        Assert.DoesNotContain("grade: ", session.Received, StringComparison.Ordinal);
        remote.Write("hooks/pre-receive", "#!/bin/sh\necho 'not acme'; exit 1\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                remote["hooks/pre-receive"],
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        await PutAsync(session, two, HostedSession.Grade(2, 2, version: (string)saved["grade"]!["version"]!));
        var (refused, words, _) = await session.SendAsync(HttpMethod.Post, "/api/submit", new JsonObject());
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.Contains("not …", (string)JsonNode.Parse(words)!["what"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_lets_the_open_page_go_on()
    {
        var session = await HostedSession.StartAsync();
        var (key, cookie) = (await session.KeyAsync(), session.Cookie);
        await session.CloseAsync();

        await using var again = await HostedSession.StartAsync(session.Repository, enter: false);
        again.Cookie = cookie;

        var saved = await PutAsync(again, key, HostedSession.Grade());
        Assert.NotNull(saved["grade"]!["commit"]);
    }

    [Fact]
    public async Task Two_graders_have_a_host_each_on_one_clone()
    {
        await using var ada = await HostedSession.StartAsync();
        var ben = await HostedSession.StartAsync(ada.Repository, "ben");

        await PutAsync(ada, await ada.KeyAsync("two"), HostedSession.Grade());
        await PutAsync(ben, await ben.KeyAsync("two"), HostedSession.Grade(1));

        Assert.Equal(ada.Cookie, ben.Cookie);
        Assert.NotEqual(ada.Host.Names.Port, ben.Host.Names.Port);
        Assert.NotEqual(await ada.KeyAsync("two"), await ben.KeyAsync("two"));
        await ben.CloseAsync();
    }

    private static async Task<JsonNode> PutAsync(HostedSession session, string key, JsonNode grade)
    {
        var (status, body, _) = await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", grade);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }
}
