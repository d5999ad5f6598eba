using System.Text.Json.Nodes;
using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;
using Concord.Tests.Statistics;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary>Rater models of raw tables, from the file to the printed numbers.</summary>
public sealed class AgreementModelsTests
{
    private static readonly SyntheticRatings Grades = new(60, Raters: 20, Seed: 5);

    private static readonly (string Item, string Rater, int Grade)[] Rows =
    [
        .. Enumerable
            .Range(0, 60)
            .SelectMany(i => Enumerable.Range(0, 6).Select(r => ($"i{i:00}", $"r{r}", Grades.GradeOf(i, r)))),
    ];

    public static TheoryData<string> Models => [.. Names.All<RaterModel>()];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_model_of_classes_is_printed_as_fitted(string name)
    {
        Assert.True(Names.TryParse<RaterModel>(name, out var model));
        var fit = RaterModelFit.Of(Ratings(), model, cancel: TestContext.Current.CancellationToken);
        using var folder = Written();

        var json = await Json(folder, "--models", name, "--output", "out");

        Assert.Equal((name, fit.Iterations), ((string)json["method"]!, (int)json["iterations"]!));
        Assert.Equal(fit.Classes, json["classes"]!.AsArray().Select(c => (string)c!));
        Assert.Equal(fit.Prior, Numbers(json["prior"]!));
        Assert.Equal(fit.Posterior.ToArray(), json["posterior"]!.AsArray().SelectMany(row => Numbers(row!)));
        foreach (var (rater, index) in json["raters"]!.AsArray().Select((r, i) => (r!, i)))
        {
            Assert.Equal(fit.Raters[index], (string)rater["rater"]!);
            Assert.Equal(fit.Skill[index], (double)rater["skill"]!);
            Assert.Equal(
                fit.ConfusionOf(index).ToArray(),
                rater["confusion"] is { } rows ? rows.AsArray().SelectMany(row => Numbers(row!)) : []
            );
        }
        var labels = folder.Read("out/labels.csv").Split('\n');
        Assert.Equal("criterion,method,item,label,tie,probability,median,ci_low,ci_high,expected_loss", labels[0]);
        Assert.StartsWith($",{name},{fit.Items[7]},{fit.Classes[fit.LabelOf(7, out _)]},", labels[8], StringComparison.Ordinal);
        var raters = folder.Read("out/raters.csv").Split('\n');
        Assert.StartsWith(
            $",{name},{fit.Raters[3]},{NumberText.Of(fit.Reliability[3])},{NumberText.Of(fit.Skill[3])},",
            raters[4],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_additive_model_is_printed_as_fitted()
    {
        var bias = AdditiveBias.Of(Ratings());
        using var folder = Written();

        var json = await Json(folder, "--models", "additive", "--output", "out");

        Assert.Equal(bias.Components.Rater, (double)json["rater_variance"]!);
        Assert.Equal(bias.RaterBias, json["raters"]!.AsArray().Select(r => (double)r!["bias"]!));
        Assert.Equal(bias.ItemGrade(7).Value, (double)json["items"]![7]!["grade"]!);
        Assert.Contains(
            $",{NumberText.Of(bias.RaterBias[3])},",
            folder.Read("out/raters.csv").Split('\n')[4],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Iterations_are_as_many_as_asked_for()
    {
        using var folder = Written();

        var json = await Json(folder, "--models", "ds", "--iterations", "3");

        Assert.Equal((3, false), ((int)json["iterations"]!, (bool)json["converged"]!));
        var text = (await CommandLine.RunAsync(folder.Path, "agreement", "r.csv", "--models", "ds", "--iterations", "3")).Out;
        Assert.Contains("ds: not converged after 3 iterations.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raters_may_repeat_themselves_where_that_is_said()
    {
        const string Twice = "item,rater,grade\nx,ann,1\nx,ann,1\nx,bob,2\ny,ann,2\ny,bob,2\n";
        using var folder = new TempFolder();
        folder.Write("r.csv", Twice);

        Assert.Equal(2, (await CommandLine.RunAsync(folder.Path, "agreement", "r.csv", "--models", "majority")).ExitCode);
        var json = await Json(folder, "--models", "majority", "--repeats");

        // Three votes on the first item, of which two are for 1.
        Assert.Equal([2 / 3.0, 1 / 3.0], Numbers(json["posterior"]![0]!));
    }

    [Theory]
    [InlineData("There is no rater model 'dss'.", "--models", "dss")]
    [InlineData("--repeats and --iterations are for --models.", "--iterations", "3")]
    [InlineData("--iterations takes a whole number", "--models", "ds", "--iterations", "0")]
    public async Task Wrong_models_are_refused(string error, params string[] options)
    {
        using var folder = Written();

        var result = await CommandLine.RunAsync(folder.Path, ["agreement", "r.csv", .. options]);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    private static Ratings Ratings()
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, grade) in Rows)
            builder.TryAdd(item, rater, (double)grade);
        return builder.Build();
    }

    private static IEnumerable<double> Numbers(JsonNode row) => row.AsArray().Select(n => (double)n!);

    private static async Task<JsonNode> Json(TempFolder folder, params string[] options)
    {
        var result = await CommandLine.RunAsync(
            folder.Path,
            ["agreement", "r.csv", "--json", "--coefficients", "scott-pi", .. options]
        );
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonNode.Parse(result.Out)!["criteria"]![0]!["models"]![0]!;
    }

    private static TempFolder Written()
    {
        var folder = new TempFolder();
        folder.Write("r.csv", "item,rater,grade\n" + string.Concat(Rows.Select(r => $"{r.Item},{r.Rater},{r.Grade}\n")));
        return folder;
    }
}
