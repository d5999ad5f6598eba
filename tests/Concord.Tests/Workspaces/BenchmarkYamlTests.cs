using Concord.Core.Domain;
using Concord.Core.Statistics;

namespace Concord.Tests.Workspaces;

public sealed class BenchmarkYamlTests
{
    private const string Path = "benchmarks/benchmark.yaml";
    private const string Head = "schema: 1\nname: test\n";
    private const string Criteria = "criteria:\n  - {id: a, scale: {min: 0, max: 5, step: 1, level: ordinal}}\n";

    [Fact]
    public void What_is_not_said_has_the_values_of_the_manual()
    {
        var benchmark = Reading.OfBenchmark(Head + Criteria).OrThrow().Benchmark;

        Assert.Equal("test", benchmark.Title);
        Assert.Equal(
            (1.0, new Scale(0, 5, 1, MeasurementLevel.Ordinal)),
            (benchmark.Criteria[0].Weight, benchmark.Criteria[0].Scale)
        );
        Assert.Equal(new GradingPolicy(true, 3), benchmark.Grading);
        Assert.Equal(new ConsensusPolicy(ConsensusMethod.Median, 2, 0.2, FailedOutputs.Exclude, 1000, 1), benchmark.Consensus);
        Assert.Equal(new FlagPolicy(null, null), benchmark.Flags);
        Assert.Equal(3, benchmark.RangeThreshold(benchmark.Criteria[0]), 12);
        Assert.Equal(MergePolicy.Manual, benchmark.Merge);
    }

    [Fact]
    public void Everything_that_is_said_is_read()
    {
        var benchmark = Reading
            .OfBenchmark(
                Head
                    + """
                    title: "Test: all"
                    criteria:
                      - id: quality
                        title: Quality
                        question: How good?
                        scale: {min: 1, max: 2, step: 0.1, level: interval}
                        weight: 0.5
                        anchors: {1: bad, 1.5: fair, 2: good}
                        renamed_from: [old-quality]
                    providers:
                      here: {base_url: "https://api.example/v1", key_env: KEY}
                    models:
                      - {id: lab/one, provider: here, model: one-v2, license: MIT, parameters: {temperature: 0, stop: ["x"]}}
                    grading: {blind: false, overlap: 5}
                    consensus: {method: trimmed, min_graders: 3, trim: 0.1, failed_outputs: minimum, bootstrap: 10, seed: 7}
                    flags: {range: 0.5, expected_loss: 0.2}
                    merge: auto
                    """
            )
            .OrThrow()
            .Benchmark;

        var criterion = benchmark.Criteria[0];
        Assert.Equal(
            ("Test: all", "Quality", "How good?", 0.5),
            (benchmark.Title, criterion.Title, criterion.Question, criterion.Weight)
        );
        Assert.Equal("fair", criterion.Anchors[1.5]);
        Assert.Equal("old-quality", Assert.Single(criterion.RenamedFrom).Value);
        Assert.Equal(new Provider("here", new("https://api.example/v1"), "KEY"), Assert.Single(benchmark.Providers));
        var model = Assert.Single(benchmark.Models);
        Assert.Equal(("lab/one", "here", "one-v2", "MIT"), (model.Id.Value, model.Provider, model.Name, model.License));
        Assert.Equal([("temperature", "0"), ("stop", "[\"x\"]")], model.Parameters.Select(p => (p.Key, p.Value)));
        Assert.Equal(new GradingPolicy(false, 5), benchmark.Grading);
        Assert.Equal(new ConsensusPolicy(ConsensusMethod.Trimmed, 3, 0.1, FailedOutputs.Minimum, 10, 7), benchmark.Consensus);
        Assert.Equal((new FlagPolicy(0.5, 0.2), MergePolicy.Auto), (benchmark.Flags, benchmark.Merge));
    }

    [Fact]
    public void A_provider_and_a_model_say_how_they_are_asked()
    {
        var benchmark = Reading
            .OfBenchmark(
                Head
                    + Criteria
                    + "providers:\n  p: {base_url: https://x.example/v1, api: messages, idle_timeout: 60, timeout: 600}\n"
                    + "models:\n  - {id: a, provider: p, price: {input: 0.15, output: 0.6}, system: prompts/a.md}\n"
            )
            .OrThrow()
            .Benchmark;

        var provider = Assert.Single(benchmark.Providers);
        Assert.Equal((ProviderApi.Messages, 60, 600), (provider.Api, provider.IdleTimeoutSeconds, provider.TimeoutSeconds));
        var model = Assert.Single(benchmark.Models);
        Assert.Equal((new TokenPrice(0.15, 0.6), "prompts/a.md"), (model.Price, model.System));
    }

    [Theory]
    [InlineData(Head + Criteria + "providers:\n  p: {base_url: ftp://x}\n", "wrong-value", 6)]
    [InlineData(Head + Criteria + "providers:\n  p: {base_url: https://user:s3cret@x.example}\n", "wrong-value", 6)]
    [InlineData(Head + Criteria + "providers:\n  p: {base_url: \"https://x.example?key=s3cret\"}\n", "wrong-value", 6)]
    [InlineData(Head + Criteria + "providers:\n  p: {base_url: https://x.example, key_env: sk-s3cret}\n", "wrong-value", 6)]
    [InlineData(Head + Criteria + "providers:\n  p: {base_url: https://x.example, api: chats}\n", "wrong-value", 6)]
    [InlineData(Head + Criteria + "providers:\n  p: {base_url: https://x.example, timeout: 0}\n", "wrong-value", 6)]
    [InlineData(Head + Criteria + "models:\n  - {id: a, parameters: {n: 2}}\n", "wrong-value", 6)]
    [InlineData(Head + Criteria + "models:\n  - {id: a, price: {input: 1}}\n", "missing-key", 6)]
    [InlineData(Head + Criteria + "models:\n  - {id: a, price: {input: -1, output: 1}}\n", "wrong-value", 6)]
    [InlineData("schema: 2\nname: x\n" + Criteria, "unknown-schema", 1)]
    [InlineData("name: x\n" + Criteria, "missing-key", 1)]
    [InlineData("schema: 1\n" + Criteria, "missing-key", 1)]
    [InlineData(Head, "no-criteria", 1)]
    [InlineData(Head + Criteria + "mergee: auto\n", "unknown-key", 5)]
    [InlineData(Head + Criteria + "merge: robot\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + Criteria, "duplicate-key", 5)]
    [InlineData(Head + Criteria + "  - {id: a, scale: {}}\n", "duplicate-id", 5)]
    [InlineData(Head + Criteria + "  - {id: b, renamed_from: [a], scale: {}}\n", "duplicate-id", 5)]
    [InlineData(Head + Criteria + "  - {id: B, scale: {}}\n", "wrong-id", 5)]
    [InlineData(Head + Criteria + "  - {id: overall, scale: {}}\n", "wrong-id", 5)]
    [InlineData(Head + Criteria + "  - {id: b}\n", "missing-key", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {min: 5, max: 0}}\n", "wrong-scale", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {min: 0, max: 5, step: 2}}\n", "wrong-scale", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {min: 0, max: 1e8, step: 1}}\n", "wrong-scale", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {min: 0, max: 0.9999999, step: 0.3333333}}\n", "wrong-scale", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {step: 0}}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {level: ordinary}}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {}, weight: -1}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "  - {id: b, scale: {}, anchors: {6: too good}}\n", "wrong-anchor", 5)]
    [InlineData(Head + "criteria: [{id: a, scale: {}, weight: 0}]\n", "no-weight", 1)]
    [InlineData(Head + "criteria: {id: a}\n", "wrong-type", 3)]
    [InlineData(Head + Criteria + "models: [{id: lab/one@2}]\n", "wrong-id", 5)]
    [InlineData(Head + Criteria + "models: [{id: ../one}]\n", "wrong-id", 5)]
    [InlineData(Head + Criteria + "models: [{id: lab/one}, {id: lab/one}]\n", "duplicate-id", 5)]
    [InlineData(Head + Criteria + "models: [{id: lab/one, provider: nowhere}]\n", "unknown-provider", 5)]
    [InlineData(Head + Criteria + "providers: {x: {base_url: 'file:///etc'}}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "consensus: {trim: 0.5}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "consensus: {min_graders: 0}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "consensus: {seed: -1}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "flags: {range: 0}\n", "wrong-value", 5)]
    [InlineData(Head + Criteria + "grading: {overlap: 1.5}\n", "wrong-value", 5)]
    public void What_cannot_be_is_reported_with_its_line(string yaml, string rule, int line)
    {
        var reading = Reading.OfBenchmark(yaml);

        var problem = Assert.Single(reading.Errors);
        Assert.Equal((rule, Path, line), (problem.Rule, problem.Path, problem.Line));
        Assert.Throws<ConcordException>(reading.OrThrow);
    }

    [Fact]
    public void Every_problem_of_the_workspace_is_reported_at_once()
    {
        var reading = Reading.Of(f =>
        {
            f.Write(Path, Head + Criteria + "mergee: auto\nflags: {range: x}\n");
            f.Write("benchmarks/graders.yaml", "- {id: Ada}\n- {id: ben, kind: robot}\n");
            f.Write("grades/ada-2026-11-02.csv", "challenge\n");
            f.Write("grades/ada.csv", "");
        });

        Assert.Equal(
            [
                (Path, "unknown-key"),
                (Path, "wrong-value"),
                ("benchmarks/graders.yaml", "wrong-id"),
                ("benchmarks/graders.yaml", "wrong-value"),
                ("grades/ada-2026-11-02.csv", "missing-column"),
                ("grades/ada.csv", "wrong-file-name"),
            ],
            reading.Errors.Select(e => (e.Path, e.Rule)).Distinct()
        );
    }

    [Fact]
    public void A_missing_benchmark_is_an_error()
    {
        var reading = Reading.Of(f => File.Delete(f[Path]));

        Assert.Null(reading.Workspace);
        Assert.Equal(("missing-file", Path), Reading.Error(reading));
    }
}
