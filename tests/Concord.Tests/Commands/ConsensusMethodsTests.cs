using System.Globalization;
using System.Text.Json.Nodes;
using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;
using Concord.Core.Statistics.Summary;
using Concord.Tests.Statistics;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary>Every method from the grade files to the printed number, against the statistic itself.</summary>
public sealed class ConsensusMethodsTests
{
    private const int Outputs = 24;
    private const int Graders = 7;
    private const int Doubled = 2; // the grader whose declared weight is 3

    private static readonly SyntheticRatings Grades = new(Outputs, Raters: 20, Seed: 4);

    public static TheoryData<string> Methods => [.. Names.All<ConsensusMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task The_command_gives_what_the_method_says(string method)
    {
        using var repository = Graded();
        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--json", "--method", method);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var json = JsonNode.Parse(result.Out)!;
        var rows = json["consensus"]!.AsArray().Where(r => (string)r!["criterion"]! == "functionality").ToArray();

        var (expected, interval) = Expected(method);

        Assert.Equal(method, (string)json["method"]!);
        Assert.Equal(Outputs, rows.Length);
        foreach (var (row, value) in rows.Zip(expected))
        {
            Assert.Equal(value, (double)row!["consensus"]!, 1e-6);
            Assert.Equal(interval, (string?)row["ci_method"] ?? "");
            Assert.Equal(interval.Length > 0, row["ci_low"] is not null && row["ci_high"] is not null);
        }
        if (Names.TryParse<RaterModel>(method, out var model))
        {
            var note = json["rater_models"]![0]!;
            Assert.Equal((method, Fit(model).Iterations), ((string)note["model"]!, (int)note["iterations"]!));
        }
    }

    [Fact]
    public void Methods_differ_on_these_grades()
    {
        // Rater models may agree on every median; which one ran, the name and the iterations tell.
        string[] all = [.. Methods.Select(m => string.Join(' ', Expected(m.Data).Values))];

        Assert.InRange(all.Distinct().Count(), 7, all.Length);
    }

    private static (double[] Values, string Interval) Expected(string method)
    {
        double[] Each(Func<double[], double?> of) => [.. Enumerable.Range(0, Outputs).Select(o => of(Of(o))!.Value)];
        if (!Names.TryParse<RaterModel>(method, out var model))
            return method switch
            {
                "median" => (Each(scores => Median.Of(scores)), "order-statistic"),
                "mean" => (Each(scores => Mean.Of(scores)), "student-t"),
                "trimmed" => (Each(scores => Mean.Trimmed(scores, 0.2)), "trimmed-t"),
                "weighted" => (Each(scores => (scores.Sum() + 2 * scores[Doubled]) / (Graders + 2)), ""),
                "additive" => (Additive(), "additive-normal"),
                _ => throw new ArgumentOutOfRangeException(nameof(method), method, "A method without a test."),
            };
        var fit = Fit(model);
        double[] values = [.. fit.ClassValues!];
        return model is RaterModel.Majority or RaterModel.Wawa or RaterModel.Zbs
            ? ([.. Enumerable.Range(0, Outputs).Select(o => values[fit.LabelOf(o, out _)])], "")
            : (
                [.. Enumerable.Range(0, Outputs).Select(o => Posterior.Median(fit.PosteriorOf(o), values))],
                $"{method}-posterior"
            );
    }

    private static double[] Additive()
    {
        var bias = AdditiveBias.Of(Ratings());
        return [.. Enumerable.Range(0, Outputs).Select(o => bias.ItemGrade(o).Value!.Value)];
    }

    private static RaterModelFit Fit(RaterModel model) =>
        RaterModelFit.Of(Ratings(), model, cancel: TestContext.Current.CancellationToken);

    private static Ratings Ratings()
    {
        var builder = new RatingsBuilder();
        for (var output = 0; output < Outputs; output++)
        for (var grader = 0; grader < Graders; grader++)
            builder.TryAdd($"{output:00}", $"g{grader}", (double)Grades.GradeOf(output, grader));
        return builder.Build();
    }

    private static double[] Of(int output) =>
        [.. Enumerable.Range(0, Graders).Select(grader => (double)Grades.GradeOf(output, grader))];

    private static TestRepository Graded()
    {
        var repository = TestWorkspace.Create(commit: false);
        Directory.Delete(repository["benchmarks/outputs"], recursive: true);
        repository.Write("benchmarks/benchmark.yaml", TestWorkspace.Benchmark + "\nconsensus: {bootstrap: 0}\n");
        repository.Write("benchmarks/graders.yaml", $"- {{id: g{Doubled}, name: G, emails: [g@concord.example], weight: 3}}\n");
        for (var output = 0; output < Outputs; output++)
            TestWorkspace.AddOutput(repository, "bars", $"lab/m-{output:00}", $"<p>{output}</p>\n");
        for (var grader = 0; grader < Graders; grader++)
            repository.Write(
                $"grades/g{grader}-2026-11-02.csv",
                TestWorkspace.Header
                    + string.Concat(
                        Enumerable
                            .Range(0, Outputs)
                            .Select(o =>
                                $"bars,lab/m-{o:00},{TestWorkspace.OutputId($"<p>{o}</p>\n")},{Grades.GradeOf(o, grader).ToString(CultureInfo.InvariantCulture)},3,graded,,2026-11-02T09:00:00Z,30\n"
                            )
                    )
            );
        return repository;
    }
}
