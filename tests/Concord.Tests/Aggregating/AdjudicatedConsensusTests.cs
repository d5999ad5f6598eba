using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Aggregating;

/// <summary>Decisions of leads in every file and command that shows a consensus.</summary>
public sealed class AdjudicatedConsensusTests
{
    private const string Ada = "grades/ada-2026-11-04.adjudicated.csv";
    private const string Eve = "grades/eve-2026-11-04.adjudicated.csv";
    private static readonly string[] Files = ["REPORT.md", "consensus.csv", "models.csv", "results.csv", "review.csv"];

    [Fact]
    public async Task Every_file_that_shows_a_consensus_marks_a_decision()
    {
        using var repository = Decided();

        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "consensus", "--write")).ExitCode);

        foreach (var file in Files)
            Golden.Equal($"adjudicated/{file}", File.ReadAllText(repository[$"consensus/{file}"]));
        (await Findings.OfAsync(repository.Path)).None("consensus-edited");
    }

    [Fact]
    public async Task Taken_back_every_byte_is_as_before()
    {
        using var repository = Graded();
        await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        var before = ConsensusFolder.Actual(repository);

        repository.Write(
            Ada,
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,5", notes: "why", at: "2026-11-04T09:00:00Z")
        );
        await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        Assert.False(ConsensusFolder.Same(before, ConsensusFolder.Actual(repository)));

        repository.Write(
            "grades/ada-2026-11-05.adjudicated.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", ",", "withdrawn", "a mistake", "2026-11-05T09:00:00Z")
        );
        await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.True(ConsensusFolder.Same(before, ConsensusFolder.Actual(repository)));
    }

    [Fact]
    public async Task Reading_from_the_cache_knows_grades_from_decisions_of_equal_bytes()
    {
        using var repository = Graded();
        var bytes = TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,5", notes: "why", at: "2026-11-04T09:00:00Z");
        repository.Write("grades/ada-2026-11-04.csv", bytes);
        repository.Write(Ada, bytes);
        repository.Commit();

        var (first, second) = (await DocumentAsync(repository, "consensus"), await DocumentAsync(repository, "consensus"));

        Assert.Equal(2, first["adjudicated"]!.AsArray().Count);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task The_consensus_is_printed_with_the_decision_the_lead_and_the_median()
    {
        using var repository = Decided();

        var result = await CommandLine.RunAsync(repository.Path, "consensus");

        Assert.Matches("(?m)^bars by lab/one +functionality +5 +1\\.5 +2 +ada +The axis is right", result.Out);
        Assert.Contains("not counted: 1 decided by a lead, stale", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_leaves_out_what_is_decided_and_says_so()
    {
        using var repository = Decided();

        var result = await CommandLine.RunAsync(repository.Path, "queue");

        Assert.DoesNotMatch("(?m)^bars +lab/one +functionality", result.Out);
        Assert.Matches("(?m)^bars +lab/one +aesthetics", result.Out);
        Assert.Contains("2 scores decided by leads", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_difference_names_the_lead_and_the_decided_values()
    {
        using var repository = Decided();

        var document = await DocumentAsync(repository, "diff", "HEAD~1..HEAD");
        var text = await CommandLine.RunAsync(repository.Path, "diff", "HEAD~1..HEAD");

        Assert.Empty(document["grades"]!.AsArray());
        Assert.Equal(["ada 3", "eve 2"], document["decisions"]!.AsArray().Select(d => $"{d!["grader"]} {d["added"]}"));
        Assert.Matches("(?m)^bars +lab/one +functionality +1\\.5 +5 +\\+3\\.5 +2 → 2 +now$", text.Out);
    }

    [Fact]
    public async Task The_history_tells_decisions_from_grades()
    {
        using var repository = Decided();

        var document = await DocumentAsync(repository, "history", "--grader", "ada");
        var text = await CommandLine.RunAsync(repository.Path, "history");

        Assert.Equal([true, false], document["commits"]!.AsArray().Select(c => (bool)c!["adjudicated"]!));
        Assert.Equal("withdrawn", (string?)document["commits"]![0]!["grades"]![2]!["status"]);
        Assert.Contains("ada (decides)", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_follows_the_decision_and_tells_it()
    {
        using var repository = Graded();
        string[] export =
        [
            "export",
            "--output",
            "-",
            "--min-votes",
            "1",
            "--min-common",
            "1",
            "--min-margin",
            "0",
            "--min-chosen",
            "0",
            "--keep-conflicts",
        ];
        var before = await CommandLine.RunAsync(repository.Path, export);
        Assert.DoesNotContain("decision", before.Error, StringComparison.Ordinal);

        repository.Write(
            Ada,
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,5", notes: "why", at: "2026-11-04T09:00:00Z")
        );
        var after = await CommandLine.RunAsync(repository.Path, export);

        Assert.Contains("In 1 pair a score is a lead's decision", after.Error, StringComparison.Ordinal);
        Assert.Equal("<p>two</p>", Chosen(before.Out));
        Assert.Equal("<p>one</p>", Chosen(after.Out));

        static string Chosen(string line) =>
            line.IndexOf("<p>one</p>", StringComparison.Ordinal) is var one
            && line.IndexOf("<p>two</p>", StringComparison.Ordinal) is var two
            && one < two
                ? "<p>one</p>"
                : "<p>two</p>";
    }

    [Fact]
    public async Task A_comparison_says_that_scores_were_decided()
    {
        using var repository = Decided();

        var result = await CommandLine.RunAsync(repository.Path, "compare", "lab/one", "lab/two");

        Assert.Contains("Leads decided scores of 2 outputs of these models", result.Out, StringComparison.Ordinal);
    }

    /// <summary>Two graders of two minds, lab/one below lab/two.</summary>
    private static TestRepository Graded()
    {
        var repository = TestWorkspace.Create(commit: false);
        repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada, name: A, emails: [ada@concord.example], role: lead}\n- {id: ben, name: B}\n- {id: eve, name: E, role: lead}\n"
        );
        repository.Write(
            "grades/ada-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "0,0") + TestWorkspace.Row("lab/two", "4,4")
        );
        repository.Write(
            "grades/ben-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "3,3") + TestWorkspace.Row("lab/two", "3,4")
        );
        repository.Commit("grades");
        return repository;
    }

    /// <summary>A decision, one that two leads gave, a stale one, one that was taken back.</summary>
    private static TestRepository Decided()
    {
        var repository = Graded();
        var stale = TestWorkspace.OutputId("<p>old</p>\n");
        string[] rows =
        [
            TestWorkspace.Row("lab/one", "5,", notes: "The axis is right", at: "2026-11-04T09:00:00Z"),
            $"bars,lab/one,{stale},1,1,graded,Of the old files,2026-11-04T09:05:00Z,\n",
            TestWorkspace.Row("lab/two", ",", "withdrawn", "Eve is right", "2026-11-04T09:10:00Z"),
        ];
        repository.Write(Ada, TestWorkspace.Header + string.Concat(rows.Order(StringComparer.Ordinal)));
        repository.Write(
            Eve,
            TestWorkspace.Header
                + TestWorkspace.Row("lab/one", "2,", notes: "The axis is cut off", at: "2026-11-04T08:00:00Z")
                + TestWorkspace.Row("lab/two", ",2", notes: "\"Labels | overlap,\n<b>see</b> @ben\"", at: "2026-11-04T09:07:00Z")
        );
        repository.Commit("decide");
        return repository;
    }

    private static async Task<JsonNode> DocumentAsync(TestRepository repository, params string[] arguments) =>
        JsonNode.Parse((await CommandLine.RunAsync(repository.Path, [.. arguments, "--json"])).Out)!;
}
