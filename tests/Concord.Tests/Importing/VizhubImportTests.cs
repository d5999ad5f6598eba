using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Importing;

namespace Concord.Tests.Importing;

public sealed class VizhubImportTests : IDisposable
{
    private readonly VizhubSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Challenges_outputs_checks_and_grades_are_taken()
    {
        var summary = _sample.Import();

        Assert.Equal(3, summary.ResultRows);
        Assert.Equal(["add", "bars"], summary.Challenges.Select(c => c.Value));
        Assert.Equal(
            ["add by v/a: no reply was recorded", "bars by v/a: ", "bars by v/b: "],
            summary.Outputs.Select(o => $"{o.Key}: {o.Failure}")
        );
        Assert.Equal((1, 1), (summary.ChecksPassed, summary.ChecksFailed));
        Assert.Empty(summary.LeftOut);
        Assert.Empty(summary.UnlistedModels);
        Assert.Equal("title: \"Bars: of 'x'\"\nkind: visualization\n", _sample.Read("benchmarks/challenges/bars/challenge.yaml"));
        Assert.Equal("title: add\nkind: code\n", _sample.Read("benchmarks/challenges/add/challenge.yaml"));
        Assert.Equal(
            $"{{\n  \"schema\": 1,\n  \"output\": \"{summary.Outputs[1].Id}\",\n  \"checks\": [\n    {{\n      \"check\": \"tests\",\n      \"passed\": true\n    }}\n  ]\n}}\n",
            _sample.Read("benchmarks/outputs/bars/v/a/checks.json")
        );
        Assert.False(_sample.Has("benchmarks/outputs/bars/v/b/checks.json"));
    }

    [Fact]
    public void A_missing_reply_is_an_output_with_an_error_and_nothing_invented()
    {
        _sample.Import();

        Assert.Equal(
            "{\n  \"schema\": 1,\n  \"model\": \"v/a\",\n  \"status\": \"error\",\n  \"reason\": \"no reply was recorded\",\n  \"challenge_digest\": \""
                + Fingerprint.Of([("prompt.md", Fingerprint.Sha256("Add."u8))])
                + "\",\n  \"source\": \"vizhub-benchmarks\"\n}\n",
            _sample.Read("benchmarks/outputs/add/v/a/output.json")
        );
        Assert.False(_sample.Has("benchmarks/outputs/add/v/a/response.md"));
        Assert.False(Directory.Exists(Path.Combine(_sample.Root, "benchmarks/outputs/add/v/a/files")));
    }

    [Fact]
    public void Starter_files_are_added_where_the_reply_did_not_write_them()
    {
        var summary = _sample.Import();

        Assert.Equal("x\r\n1\r\n", _sample.Read("benchmarks/outputs/bars/v/a/files/data.csv"));
        Assert.Equal("x\n2\n", _sample.Read("benchmarks/outputs/bars/v/b/files/data.csv"));
        Assert.Equal(
            [
                ["data.csv"],
                [],
            ],
            summary.Outputs.Where(o => o.Failure is null).Select(o => o.Starters)
        );
    }

    [Fact]
    public void The_raw_reply_keeps_its_bytes_and_its_files_have_lf()
    {
        _sample.Import();

        Assert.Equal("**index.html**\r\n```\r\n<p>\r\n```", _sample.Read("benchmarks/outputs/bars/v/a/response.md"));
        Assert.Equal("<p>\n", _sample.Read("benchmarks/outputs/bars/v/a/files/index.html"));
        Assert.Equal("Draw bars.\n", _sample.Read("benchmarks/challenges/bars/prompt.md"));
    }

    [Fact]
    public void Importing_twice_changes_nothing()
    {
        var first = _sample.Import();
        var before = _sample.Snapshot();
        var second = _sample.Import();

        Assert.False(first.Files.NothingChanged);
        Assert.True(second.Files.NothingChanged);
        Assert.Equal(before.Count, first.Files.Added.Count);
        Assert.Equal(before, _sample.Snapshot());
        Assert.Equal(first.Outputs.Select(o => (o.Key, o.Id)), second.Outputs.Select(o => (o.Key, o.Id)));
    }

    [Fact]
    public void Files_that_left_the_reply_are_removed_and_may_become_folders()
    {
        _sample.Put("llm_responses/bars/v/a/llmResponse.md", "**a.x**\n```\n1\n```\n**b.x/c.x**\n```\n2\n```");
        _sample.Import();
        _sample.Put("llm_responses/bars/v/a/llmResponse.md", "**a.x/d.x**\n```\n1\n```\n**b.x**\n```\n2\n```");

        var summary = _sample.Import();

        const string folder = "benchmarks/outputs/bars/v/a/files";
        Assert.Equal([$"{folder}/a.x", $"{folder}/b.x/c.x"], summary.Files.Removed);
        Assert.Equal([$"{folder}/a.x/d.x", $"{folder}/b.x"], summary.Files.Added);
        Assert.Equal("1\n", _sample.Read($"{folder}/a.x/d.x"));
        Assert.Equal("2\n", _sample.Read($"{folder}/b.x"));
    }

    [Fact]
    public void What_was_made_of_a_replaced_output_goes_with_it()
    {
        const string folder = "benchmarks/outputs/bars/v/a";
        _sample.Import();
        _sample.PutInWorkspace($"{folder}/screenshot.png", "a picture");
        _sample.PutInWorkspace($"{folder}/render.json", "{}");
        _sample.PutInWorkspace($"{folder}/checks.json", "{\"checks\": [{\"check\": \"rendered\", \"passed\": true}]}");
        _sample.Import();
        Assert.True(_sample.Has($"{folder}/screenshot.png") && _sample.Has($"{folder}/render.json"));
        Assert.Contains("rendered", _sample.Read($"{folder}/checks.json"), StringComparison.Ordinal);
        Assert.Contains("tests", _sample.Read($"{folder}/checks.json"), StringComparison.Ordinal);

        _sample.Put("llm_responses/bars/v/a/llmResponse.md", "**index.html**\n```\n<p>another\n```");
        _sample.Import();

        Assert.False(_sample.Has($"{folder}/screenshot.png") || _sample.Has($"{folder}/render.json"));
        Assert.DoesNotContain("rendered", _sample.Read($"{folder}/checks.json"), StringComparison.Ordinal);
        Assert.Contains("tests", _sample.Read($"{folder}/checks.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_user_wrote_in_yaml_stays()
    {
        _sample.PutInWorkspace("benchmarks/benchmark.yaml", "mine");
        _sample.PutInWorkspace("benchmarks/challenges/bars/challenge.yaml", "title: mine\n");

        var summary = _sample.Import(VizhubBenchmark.Of(["v/b"]));

        Assert.Equal(["v/a"], summary.UnlistedModels);
        Assert.Equal("mine", _sample.Read("benchmarks/benchmark.yaml"));
        Assert.Equal("title: mine\n", _sample.Read("benchmarks/challenges/bars/challenge.yaml"));
    }

    [Fact]
    public void The_written_rubric_is_the_one_that_grades_are_read_with()
    {
        _sample.Import();
        var problems = new ProblemList("benchmark.yaml");
        var root = YamlDocument.Parse(File.ReadAllBytes(Path.Combine(_sample.Root, "benchmarks/benchmark.yaml")), problems)!;
        var map = DocumentMap.Open(
            root,
            problems,
            "benchmark",
            "schema name title criteria models grading consensus flags".Split(' ')
        )!;
        var rules = VizhubBenchmark.Of(["v/a", "v/b"]);

        Assert.Equal(["v/a", "v/b"], map.List("models").Select(m => m.Items[0].Value));
        foreach (var (node, criterion) in map.List("criteria").Zip(rules.Criteria))
        {
            var written = DocumentMap.Open(node, problems, "criterion", "id title question scale weight anchors".Split(' '))!;
            Assert.Equal(
                (criterion.Id.Value, criterion.Title, criterion.Question, criterion.Weight),
                (written.Text("id"), written.Text("title"), written.Text("question"), written.Number("weight", 0, _ => null))
            );
            Assert.Equal(
                criterion.Anchors.Values,
                DocumentMap.Open(written.Find("anchors")!, problems, "anchors")!.Entries.Select(e => e.Value.Value)
            );
        }
        Assert.Equal((rules.Name, rules.Title), (map.Text("name"), map.Text("title")));
        Assert.Empty(problems.Problems);
    }

    [Fact]
    public void Every_mistake_is_told_with_its_place_and_nothing_is_written()
    {
        _sample.Put("challenges/bars/challenge.json", "{\"name\": }");
        File.Delete(Path.Combine(_sample.Source, "challenges/add/prompt.md"));
        _sample.Put(
            "results.csv",
            VizhubSample.Header
                + "bras,v/a,pass,,,,,,\nbars,../a,pass,,,,,,\nbars,v/a,maybe,6,4.5,--,2025-06-03T14:53:00,,\nbars,v/b,pass\nbars,v/b,pass,,,,,,\n"
        );
        _sample.Put("grades/eve.csv", "challenge,model,grade,grade\n");
        _sample.Put("llm_responses/gone/v/a/llmResponse.md", "x");

        Assert.Equal(
            [
                "challenges/add/prompt.md missing-file",
                "challenges/bars/challenge.json:1:10 json-syntax",
                "grades/eve.csv:1 missing-column",
                "grades/eve.csv:1:23 duplicate-column",
                "llm_responses/gone/v/a/llmResponse.md unknown-challenge",
                "results.csv:2:1 unknown-challenge",
                "results.csv:3:6 wrong-id",
                "results.csv:4:10 wrong-value",
                "results.csv:4:16 wrong-score",
                "results.csv:4:18 wrong-score",
                "results.csv:4:22 wrong-id",
                "results.csv:4:25 wrong-time",
                "results.csv:5 field-count",
            ],
            _sample.Mistakes().Distinct()
        );
        Assert.Empty(_sample.Snapshot());
    }

    [Fact]
    public void A_folder_of_another_kind_is_refused()
    {
        File.Delete(Path.Combine(_sample.Source, "results.csv"));
        Assert.Contains(
            "has no results.csv",
            Assert.Throws<ConcordException>(() => _sample.Import()).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no such folder",
            Assert.Throws<ConcordException>(() => _sample.Import("/nowhere")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_output_of_another_source_is_not_replaced()
    {
        _sample.PutInWorkspace(
            "benchmarks/outputs/bars/v/a/output.json",
            "{\"schema\": 1, \"model\": \"v/a\", \"source\": \"a run\"}"
        );
        _sample.PutInWorkspace("benchmarks/outputs/bars/v/output.json", "{}");

        Assert.Equal(
            [
                "benchmarks/outputs/bars/v/a nested-output",
                "benchmarks/outputs/bars/v/a/output.json output-taken",
                "benchmarks/outputs/bars/v/b nested-output",
            ],
            _sample.Mistakes()
        );
    }

    [Fact]
    public void A_reply_that_is_no_text_is_an_output_with_an_error()
    {
        File.WriteAllBytes(Path.Combine(_sample.Source, "llm_responses/bars/v/a/llmResponse.md"), [0x41, 0xFF, 0x0A]);

        var output = _sample.Import().Outputs[1];

        Assert.Equal("The reply is not text. The byte 0xFF is not UTF-8.", output.Failure);
        Assert.Null(output.Id);
        Assert.Equal(3, new FileInfo(Path.Combine(_sample.Root, "benchmarks/outputs/bars/v/a/response.md")).Length);
    }

    [Fact]
    public void Links_are_neither_read_nor_written_through()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        File.CreateSymbolicLink(Path.Combine(_sample.Source, "grades/link.csv"), Path.Combine(_sample.Source, "grades/eve.csv"));
        var summary = _sample.Import();
        Assert.Equal("a link", Assert.Single(summary.LeftOut).What);

        var outside = Directory.CreateDirectory(Path.Combine(_sample.Source, "outside"));
        var folder = Path.Combine(_sample.Root, "benchmarks/outputs/bars");
        Directory.Delete(folder, recursive: true);
        Directory.CreateSymbolicLink(folder, outside.FullName);

        Assert.Equal(["benchmarks/outputs/bars link"], _sample.Mistakes());
        Assert.Empty(outside.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Screenshots_are_taken_until_the_output_is_rendered_here()
    {
        _sample.Put("screenshots/bars/v/a/output.png", "picture");
        _sample.Put("screenshots/add/v/a/output.png", "of what?");
        _sample.Put("screenshots/bars/v/c/output.png", "of whom?");

        var left = _sample.Import().LeftOut;

        Assert.Equal("picture", _sample.Read("benchmarks/outputs/bars/v/a/screenshot.png"));
        Assert.Equal(2, left.Count);
        _sample.PutInWorkspace("benchmarks/outputs/bars/v/a/screenshot.png", "ours");
        _sample.PutInWorkspace("benchmarks/outputs/bars/v/a/render.json", "{}");
        Assert.Equal(3, _sample.Import().LeftOut.Count);
        Assert.Equal("ours", _sample.Read("benchmarks/outputs/bars/v/a/screenshot.png"));
    }
}
