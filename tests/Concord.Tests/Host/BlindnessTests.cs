using System.Net;
using System.Text.Json.Nodes;
using Concord.Pipeline.Grading;

namespace Concord.Tests.Host;

public sealed class BlindnessTests
{
    private static readonly string[] Hidden =
    [
        "acme",
        "secretron",
        "zenith",
        "quietly",
        "hushed",
        "benchmarks/",
        "peerwords",
        "concord-test-",
    ];

    [Fact]
    public async Task No_byte_names_a_model_a_place_or_a_peer_before_the_grade_is_saved()
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();
        await session.SendAsync(HttpMethod.Get, "/");
        await session.SendAsync(HttpMethod.Get, $"/api/items/{key}/files");
        await session.SendAsync(HttpMethod.Get, $"/api/items/{key}/screenshot");
        await session.SendAsync(HttpMethod.Get, "/api/summary");
        await session.SendAsync(HttpMethod.Get, "/api/nothing");
        await session.SendAsync(HttpMethod.Get, "/api/items/nothing");
        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", HostedSession.Grade(9));
        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/draft", HostedSession.Draft(2));
        await session.SendAsync(HttpMethod.Post, "/api/submit", new JsonObject());
        var item = await session.GetAsync($"/api/items/{key}");
        await session.PreviewAsync(new Uri((string)item["preview"]!).AbsolutePath);
        await session.PreviewAsync("/nothing/index.html");
        // Skipping is no grade: who skipped can still grade.
        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", HostedSession.Grade(null, null, "skipped", "later"));
        Assert.Null((await session.GetAsync($"/api/items/{key}"))["peers"]);
        session.Repository.Write($"benchmarks/outputs/bars/{HostedSession.Model}/files/more.txt", "more");
        var (changed, _, _) = await session.SendAsync(HttpMethod.Get, $"/api/items/{key}");
        Assert.Equal(HttpStatusCode.Gone, changed);

        Assert.Contains("<p>one", session.Received, StringComparison.Ordinal);
        Assert.All(Hidden, h => Assert.DoesNotContain(h, session.Received, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_saved_grade_shows_the_peers_and_the_model_where_the_benchmark_allows_it(bool blind)
    {
        var repository = HostedSession.Workspace();
        if (!blind)
        {
            repository.Write(
                "benchmarks/benchmark.yaml",
                repository.Read("benchmarks/benchmark.yaml") + "grading: {blind: false}\n"
            );
            repository.Commit("open");
        }
        await using var session = await HostedSession.StartAsync(repository);
        var key = await session.KeyAsync();
        Assert.Null((await session.GetAsync($"/api/items/{key}"))["revealed"]);
        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", HostedSession.Grade());

        var item = await session.GetAsync($"/api/items/{key}");

        Assert.Equal("peerwords", (string)Assert.Single(item["peers"]!.AsArray())!["notes"]!);
        Assert.Equal(blind ? null : HostedSession.Model, (string?)item["revealed"]?["model"]);
    }

    [Theory]
    [InlineData("graded")]
    [InlineData("flagged")]
    public async Task A_grade_with_a_criterion_left_open_shows_no_peers_whom_it_could_be_filled_in_from(string status)
    {
        await using var session = await HostedSession.StartAsync();
        var key = await session.KeyAsync();
        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", HostedSession.Grade(4, null, status));

        Assert.Null((await session.GetAsync($"/api/items/{key}"))["peers"]);
        Assert.All((await session.GetAsync("/api/summary"))["agreement"]!.AsArray(), a => Assert.Equal(0, (int)a!["items"]!));
        Assert.DoesNotContain("peerwords", session.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_says_why_without_what_the_others_scored()
    {
        var repository = HostedSession.Workspace();
        repository.Write(
            "consensus/review.csv",
            "rank,challenge,model,output,criterion,graders,expected_loss,information_gain,reasons\n"
                + $"1,bars,{HostedSession.Model},{Support.TestWorkspace.OutputId(HostedSession.Page)},functionality,2,1,,scores from 1 to 5: range 4 reaches 3; flagged by ben\n"
        );
        repository.Commit("review");
        await using var session = await HostedSession.StartAsync(repository, mode: GradingMode.Review);
        var key = (string)Assert.Single((await session.GetAsync("/api/session"))["items"]!.AsArray())!["key"]!;

        var before = (string)(await session.GetAsync($"/api/items/{key}"))["reason"]!;
        await session.SendAsync(HttpMethod.Put, $"/api/items/{key}/grade", HostedSession.Grade());
        var after = (string)(await session.GetAsync($"/api/items/{key}"))["reason"]!;

        Assert.Equal("The graders differ, or the consensus is unsure. A grader asks for another look.", before);
        Assert.Contains("scores from 1 to 5", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_lists_what_one_graded_before_it_as_open()
    {
        var repository = HostedSession.Workspace();
        var row = $"bars,{HostedSession.Model},{Support.TestWorkspace.OutputId(HostedSession.Page)}";
        repository.Write(
            "consensus/review.csv",
            "rank,challenge,model,output,criterion,graders,expected_loss,information_gain,reasons\n"
                + $"1,{row},functionality,2,1,,flagged by ben\n"
        );
        repository.Write(
            "grades/ada-2026-11-01.csv",
            Support.TestWorkspace.Header + $"{row},4,4,graded,,2026-11-01T09:00:00Z,30\n"
        );
        repository.Commit("review");
        await using var session = await HostedSession.StartAsync(repository, mode: GradingMode.Review);
        var listed = Assert.Single((await session.GetAsync("/api/session"))["items"]!.AsArray())!;
        var item = await session.GetAsync($"/api/items/{listed["key"]}");

        var (_, saved, _) = await session.SendAsync(
            HttpMethod.Put,
            $"/api/items/{listed["key"]}/grade",
            HostedSession.Grade(4, 4, version: (string)item["grade"]!["version"]!)
        );

        Assert.Equal("open", (string)listed["status"]!);
        Assert.Contains(
            "\"item\":{\"status\":\"graded\"",
            saved.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lead_who_decides_sees_the_grades_side_by_side_and_no_model()
    {
        var repository = HostedSession.Workspace();
        foreach (var (grader, score) in new[] { ("cleo", 5), ("dan", 1) })
            repository.Write(
                $"grades/{grader}-2026-11-03.csv",
                Support.TestWorkspace.Header
                    + $"bars,{HostedSession.Model},{Support.TestWorkspace.OutputId(HostedSession.Page)},{score},1,graded,,2026-11-03T09:00:00Z,30\n"
            );
        repository.Commit("more grades");
        await using var session = await HostedSession.StartAsync(repository, mode: GradingMode.Adjudicate);
        var key = await session.KeyAsync();

        var item = await session.GetAsync($"/api/items/{key}");
        var (status, body, _) = await session.SendAsync(
            HttpMethod.Put,
            $"/api/items/{key}/grade",
            HostedSession.Grade(4, null, notes: "it draws")
        );
        var (without, _, _) = await session.SendAsync(
            HttpMethod.Put,
            $"/api/items/{key}/grade",
            HostedSession.Grade(4, null, version: (string)JsonNode.Parse(body)!["grade"]!["version"]!)
        );

        var decided = (await session.GetAsync($"/api/items/{key}"))["agreement"]!["decisions"]!.AsArray();
        Assert.Equal(3, item["peers"]!.AsArray().Count);
        Assert.Equal("it draws", (string)Assert.Single(decided)!["notes"]!);
        Assert.Equal(5, (double)item["agreement"]!["criteria"]![0]!["max"]!);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (status, without));
        Assert.DoesNotContain("secretron", session.Received, StringComparison.OrdinalIgnoreCase);
    }
}
