using System.Text.Json;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class AgreementCoefficientsTests
{
    private const string Table = "item,rater,grade\nx,ann,1\nx,bob,1\ny,ann,3\ny,bob,2\nz,ann,5\nz,bob,5\n";

    [Fact]
    public async Task The_default_has_alpha_agreement_and_AC2()
    {
        Assert.Equal(
            [
                "krippendorff-alpha nominal",
                "krippendorff-alpha ordinal",
                "krippendorff-alpha interval",
                "krippendorff-alpha ratio",
                "percent-agreement unweighted",
                "percent-agreement within-1",
                "gwet-ac quadratic",
            ],
            await Names()
        );
    }

    [Fact]
    public async Task Coefficients_are_chosen_by_name_and_by_weights()
    {
        Assert.Equal(
            ["gwet-ac unweighted", "gwet-ac linear", "cohen-kappa unweighted", "cohen-kappa linear", "cohen-kappa quadratic"],
            await Names("--coefficients", "cohen-kappa, gwet-ac:linear", "--coefficients", "gwet-ac:unweighted")
        );
    }

    [Theory]
    [InlineData("0", 2 / 3.0)]
    [InlineData("0.5", 2 / 3.0)]
    [InlineData("2", 1)]
    public async Task Grades_agree_within_any_distance(string within, double agreement)
    {
        using var document = JsonDocument.Parse((await Run("--json", "--raters", "--within", within)).Out);
        var criterion = document.RootElement.GetProperty("criteria")[0];
        var row = criterion.GetProperty("coefficients").EnumerateArray().ElementAt(5);

        Assert.Equal($"within-{within}", row.GetProperty("weights").GetString());
        Assert.Equal(agreement, row.GetProperty("value").GetDouble(), 12);
        Assert.Equal(agreement, criterion.GetProperty("rater_pairs")[0].GetProperty($"within_{within}").GetDouble(), 12);
    }

    [Fact]
    public async Task Coefficients_may_name_several_distances()
    {
        Assert.Equal(
            ["percent-agreement within-0.5", "percent-agreement within-2"],
            await Names("--coefficients", "percent-agreement:within-2,percent-agreement:within-0.5")
        );
        Assert.Equal(2, (await Run("--coefficients", "gwet-ac:within-2")).ExitCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("NaN")]
    [InlineData("0.0000001")]
    public async Task A_distance_that_is_none_is_refused(string within)
    {
        var result = await Run("--within", within);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
    }

    [Fact]
    public async Task Words_have_no_distance_which_is_said_where_one_is_asked_for()
    {
        const string Words = "item,rater,grade\nx,ann,no\nx,bob,no\ny,ann,yes\ny,bob,no\n";
        using var folder = new TempFolder();
        folder.Write("w.csv", Words);

        Assert.DoesNotContain(
            "within",
            (await CommandLine.RunAsync(folder.Path, "agreement", "w.csv")).Out,
            StringComparison.Ordinal
        );
        Assert.Matches(
            "within-2 +- +- +undefined: Some categories are not numbers",
            (await CommandLine.RunAsync(folder.Path, "agreement", "w.csv", "--within", "2")).Out
        );
    }

    [Fact]
    public async Task Why_there_is_no_interval_is_said_in_every_form()
    {
        const string One = "item,rater,grade\nx,ann,1\nx,bob,2\n";
        const string Why = "A single item has two or more ratings, so there is nothing to resample.";
        using var folder = new TempFolder();
        folder.Write("r.csv", One);
        string[] arguments = ["agreement", "r.csv", "--level", "interval", "--output", "out"];

        var json = await CommandLine.RunAsync(folder.Path, [.. arguments, "--json"]);

        Assert.Contains(Why, (await CommandLine.RunAsync(folder.Path, arguments)).Out, StringComparison.Ordinal);
        Assert.Contains($"\"undefined_because\": \"{Why}\"", json.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"krippendorff-alpha,interval,0,,,,\"{Why}\"\n",
            folder.Read("out/agreement.csv"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pairs_of_raters_are_written_where_a_folder_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("r.csv", Table);

        await CommandLine.RunAsync(folder.Path, "agreement", "r.csv", "--raters", "--within", "0.5", "--output", "out");

        Assert.Equal(
            "criterion,first,second,items,exact,within_0.5,kappa_quadratic,pearson,spearman,mean_difference\n"
                + ",ann,bob,3,0.666667,0.666667,0.941176,0.960769,1,0.333333\n",
            folder.Read("out/rater_pairs.csv")
        );
    }

    [Fact]
    public async Task The_standard_error_is_that_of_the_coefficient_or_of_its_bootstrap()
    {
        using var document = JsonDocument.Parse(
            (await Run("--json", "--coefficients", "krippendorff-alpha:interval,gwet-ac:linear")).Out
        );
        foreach (var c in document.RootElement.GetProperty("criteria")[0].GetProperty("coefficients").EnumerateArray())
            Assert.True(c.GetProperty("se").GetDouble() > 0);
    }

    [Fact]
    public async Task An_unknown_coefficient_is_refused_with_those_there_are()
    {
        var result = await Run("--coefficients", "gwet-ac,kapa");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(
            "There is no coefficient 'kapa'. Known here: all, krippendorff-alpha,",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Weights_of_ones_own_add_a_row_to_what_takes_weights()
    {
        using var folder = new TempFolder();
        folder.Write("r.csv", Table);
        folder.Write("w.csv", "w,1,2,3,4,5\n1,1,0,0,0,0\n2,0,1,1,0,0\n3,0,1,1,0,0\n4,0,0,0,1,0\n5,0,0,0,0,1\n");

        var result = await CommandLine.RunAsync(
            folder.Path,
            "agreement",
            "r.csv",
            "--json",
            "--weights",
            "w.csv",
            "--coefficients",
            "percent-agreement:unweighted,scott-pi"
        );

        using var document = JsonDocument.Parse(result.Out);
        var values = document
            .RootElement.GetProperty("criteria")[0]
            .GetProperty("coefficients")
            .EnumerateArray()
            .ToDictionary(
                c => $"{c.GetProperty("coefficient")} {c.GetProperty("weights")}",
                c => c.GetProperty("value").GetDouble()
            );
        Assert.Equal(["percent-agreement unweighted", "percent-agreement custom", "scott-pi unweighted"], values.Keys);
        Assert.Equal(2 / 3.0, values["percent-agreement unweighted"], 12);
        Assert.Equal(1, values["percent-agreement custom"], 12);
        Assert.Equal(7 / 13.0, values["scott-pi unweighted"], 12);
    }

    [Theory]
    [InlineData("w,1,2\n1,1,0\n2,0,1\n", "w.csv: The category '3' is in use and has no row in the matrix of weights.")]
    [InlineData("w,1,2\n1,1,x\n2,0,1\n", "w.csv:2:5: The weight 'x' is not a number.")]
    public async Task Wrong_weights_are_refused_with_their_place(string weights, string error)
    {
        using var folder = new TempFolder();
        folder.Write("r.csv", Table);
        folder.Write("w.csv", weights);

        var result = await CommandLine.RunAsync(folder.Path, "agreement", "r.csv", "--weights", "w.csv");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_are_not_there_are_refused()
    {
        var result = await Run("--weights", "none.csv");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("none.csv: The file does not exist.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pairs_of_raters_are_added_where_they_are_asked_for()
    {
        using var document = JsonDocument.Parse((await Run("--json", "--raters")).Out);

        var pair = Assert.Single(document.RootElement.GetProperty("criteria")[0].GetProperty("rater_pairs").EnumerateArray());
        Assert.Equal(
            ("ann", "bob", 3),
            (pair.GetProperty("first").GetString(), pair.GetProperty("second").GetString(), pair.GetProperty("items").GetInt32())
        );
        Assert.Equal(16 / 17.0, pair.GetProperty("kappa_quadratic").GetDouble(), 12);
        Assert.Contains("kappa quadratic", (await Run("--raters")).Out, StringComparison.Ordinal);
    }

    private static async Task<string[]> Names(params string[] options)
    {
        using var document = JsonDocument.Parse((await Run(["--json", .. options])).Out);
        return
        [
            .. document
                .RootElement.GetProperty("criteria")[0]
                .GetProperty("coefficients")
                .EnumerateArray()
                .Select(c => $"{c.GetProperty("coefficient")} {c.GetProperty("weights")}"),
        ];
    }

    private static async Task<CommandResult> Run(params string[] options)
    {
        using var folder = new TempFolder();
        return await CommandLine.RunWithInputAsync(folder.Path, Table, ["agreement", "-", .. options]);
    }
}
