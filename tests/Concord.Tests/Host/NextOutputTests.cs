using System.Net;
using System.Text.Json.Nodes;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Host;

/// <summary>What the page is told to show next.</summary>
public sealed class NextOutputTests
{
    private static readonly string[] Models = ["lab/a", "lab/b", "lab/c", "lab/d"];

    [Theory]
    [InlineData("ada")]
    [InlineData("ben")]
    public async Task The_page_walks_the_order_that_queue_lists(string grader)
    {
        var repository = Workspace();
        repository.Write($"grades/{grader}-2026-11-01.csv", TestWorkspace.Header + Row("lab/b", "2026-11-01"));
        repository.Write("grades/cyn-2026-11-01.csv", TestWorkspace.Header + Row("lab/c", "2026-11-01"));
        repository.Commit("grades");
        await using var session = await HostedSession.StartAsync(repository, grader);

        var listed = await CommandLine.RunAsync(repository.Path, "queue", "--grader", grader, "--json");

        var queue = JsonNode.Parse(listed.Out)!["queue"]!.AsArray().Select(r => (string)r!["model"]!).ToArray();
        Assert.Equal(3, queue.Length);
        Assert.Equal(queue, (await OrderAsync(session)).Take(queue.Length).Select(i => i.Model));
    }

    [Fact]
    public async Task It_passes_over_what_a_fetched_branch_has_filled_and_comes_back_to_it()
    {
        await using var session = await HostedSession.StartAsync(Workspace());
        var order = await OrderAsync(session);
        Assert.Equal(order[0].Key, await FirstAsync(session));
        Fetch(session.Repository, "ben", order[1].Model);

        Assert.Equal(order[2].Key, await SaveAsync(session, order[0].Key));
        // The arrows, and the numbers, still have the standing order.
        Assert.Equal(order, await OrderAsync(session));
        Assert.Equal(order[3].Key, await SaveAsync(session, order[2].Key));
        Assert.Equal(order[1].Key, await SaveAsync(session, order[3].Key));
        Assert.Null(await SaveAsync(session, order[1].Key));
        Assert.Null(await FirstAsync(session));
    }

    [Fact]
    public async Task The_first_output_of_a_page_that_opens_later_is_one_that_lacks_graders()
    {
        await using var session = await HostedSession.StartAsync(Workspace());
        var order = await OrderAsync(session);
        Fetch(session.Repository, "ben", order[0].Model);

        Assert.Equal(order[1].Key, await FirstAsync(session));
        var items = (await session.GetAsync("/api/session"))["items"]!.AsArray();
        Assert.Equal([0, 1, 1, 1], items.Select(i => (int)i!["needs"]!));
    }

    [Fact]
    public async Task What_others_filled_is_no_reason_to_leave_a_review_aside()
    {
        var repository = Workspace();
        repository.Write(
            "consensus/review.csv",
            "rank,challenge,model,output,criterion,graders,expected_loss,information_gain,reasons\n"
                + string.Concat(Models.Select((m, i) => $"{i + 1},bars,{m},{OutputOf(m)},,1,1,,flagged by ben\n"))
        );
        repository.Write("grades/ben-2026-11-01.csv", TestWorkspace.Header + Row("lab/b", "2026-11-01"));
        repository.Commit("review");
        await using var session = await HostedSession.StartAsync(repository, mode: GradingMode.Review);
        var order = await OrderAsync(session);

        Assert.Equal(Models, order.Select(i => i.Model));
        Assert.Equal(order[1].Key, await SaveAsync(session, order[0].Key));
    }

    [Fact]
    public async Task A_draft_is_still_open_and_a_skip_is_not()
    {
        await using var session = await HostedSession.StartAsync(Workspace());
        var order = await OrderAsync(session);
        await session.SendAsync(HttpMethod.Put, $"/api/items/{order[1].Key}/draft", HostedSession.Draft(2));

        Assert.Equal(order[1].Key, await SaveAsync(session, order[0].Key));
        Assert.Equal(order[3].Key, await SaveAsync(session, order[2].Key, HostedSession.Grade(null, null, "skipped", "later")));
        Assert.Equal(order[1].Key, await SaveAsync(session, order[3].Key));
    }

    private static TestRepository Workspace()
    {
        var repository = TestWorkspace.Create(commit: false);
        Directory.Delete(repository["benchmarks/outputs"], recursive: true);
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark[..TestWorkspace.Benchmark.IndexOf("models:", StringComparison.Ordinal)]
                + $"models: [{string.Join(", ", Models.Select(m => $"{{id: {m}}}"))}]\ngrading: {{overlap: 1}}\n"
        );
        foreach (var model in Models)
            TestWorkspace.AddOutput(repository, "bars", model, PageOf(model));
        repository.Git("config", "user.name", "Ada Sample");
        repository.Git("config", "user.email", "ada@concord.example");
        repository.Commit("start");
        return repository;
    }

    /// <summary>What a fetch leaves: a branch of the remote with a grade of somebody else, and nothing in the work tree.</summary>
    private static void Fetch(TestRepository repository, string grader, string model)
    {
        var file = $"grades/{grader}-2026-11-02.csv";
        repository.Write(file, TestWorkspace.Header + Row(model, "2026-11-02"));
        repository.Git("add", file);
        var tree = repository.Git("write-tree").Trim();
        var commit = repository.Git("commit-tree", tree, "-p", "HEAD", "-m", "grade").Trim();
        repository.Git("update-ref", $"refs/remotes/origin/grading/{grader}-2026-11-02", commit);
        repository.Git("rm", "-q", "-f", file);
    }

    private static string PageOf(string model) => $"<p>{model[^1]}</p>\n";

    private static string OutputOf(string model) => TestWorkspace.OutputId(PageOf(model));

    private static string Row(string model, string date) => $"bars,{model},{OutputOf(model)},2,1,graded,,{date}T09:00:00Z,30\n";

    /// <summary>The standing order, with the models by what their pages say.</summary>
    private static async Task<(string Key, string Model)[]> OrderAsync(HostedSession session)
    {
        var order = new List<(string, string)>();
        foreach (var item in (await session.GetAsync("/api/session"))["items"]!.AsArray())
        {
            var page = (string)(await session.GetAsync($"/api/items/{item!["key"]}"))["files"]![0]!["text"]!;
            order.Add(((string)item["key"]!, Models.Single(m => PageOf(m) == page)));
        }
        return [.. order];
    }

    private static async Task<string?> FirstAsync(HostedSession session) =>
        (string?)(await session.GetAsync("/api/session"))["next"];

    private static async Task<string?> SaveAsync(HostedSession session, string key, JsonNode? grade = null)
    {
        var (status, body, _) = await session.SendAsync(
            HttpMethod.Put,
            $"/api/items/{key}/grade",
            grade ?? HostedSession.Grade()
        );
        Assert.True(status == HttpStatusCode.OK, body);
        return (string?)JsonNode.Parse(body)!["next"];
    }
}
