using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class RawSamplesTests
{
    private const string Wins = "left,right,wins_left,wins_right,ties\na,b,3,1,\nb,c,2,1,0\nc,a,1,2,1\n";
    private const string Pairs = "a,b\n3,1\n2,2.5\n5,1\n";

    [Fact]
    public async Task Pairwise_wins_give_strengths_by_rank()
    {
        var pairwise = JsonNode.Parse((await Run(Wins, "--pairwise", "--json")).Out)!["pairwise"]!;

        var items = pairwise["items"]!.AsArray();
        Assert.Equal(["a", "b", "c"], items.Select(i => (string?)i!["item"]));
        Assert.Equal([1, 2, 3], items.Select(i => (int)i!["rank"]!));
        Assert.Equal(0, items.Sum(i => (double)i!["log_strength"]!), 1e-9);
        Assert.All(items, i => Assert.InRange((double)i!["log_strength"]!, (double)i!["ci_low"]!, (double)i!["ci_high"]!));
        Assert.All(items, i => Assert.True((double)i!["se"]! > 0));
        Assert.Equal((true, null), ((bool)pairwise["connected"]!, pairwise["undefined_because"]));
    }

    [Fact]
    public async Task Tables_that_are_not_connected_say_who_never_lost()
    {
        const string Table = "left,right,wins_left,wins_right\na,b,3,0\n";

        var shut = JsonNode.Parse((await Run(Table, "--pairwise", "--json")).Out)!["pairwise"]!;
        Assert.StartsWith("a never lost to b", (string?)shut["undefined_because"], StringComparison.Ordinal);
        Assert.Equal((false, null), ((bool)shut["connected"]!, shut["items"]![0]!["log_strength"]));
        Assert.Contains("undefined. a never lost", (await Run(Table, "--pairwise")).Out, StringComparison.Ordinal);
        Assert.Matches(@"1 +1 to 2 +a +\+", (await Run(Table, "--pairwise", "--prior", "0.1")).Out);
        Assert.Contains(
            "no comparison",
            (await Run("left,right,wins_left,wins_right\n", "--pairwise")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Strengths_without_a_finite_estimate_name_the_option_that_gives_one()
    {
        Assert.EndsWith(
            "A small prior gives one. Give it by --prior 0.1.\n",
            (await Run("left,right,wins_left,wins_right\na,b,3,0\n", "--pairwise")).Out,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "--prior",
            (await Run("left,right,wins_left,wins_right\n", "--pairwise")).Out,
            StringComparison.Ordinal
        );
        Assert.StartsWith("rank", (await Run(Wins, "--pairwise")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--models is for tables of ratings, and --pairwise reads another table.", "--pairwise", "--models", "ds")]
    [InlineData("--items is for tables of ratings, and --paired reads another table.", "--paired", "--items")]
    [InlineData("--prior is for --pairwise.", "--prior", "0.1")]
    public async Task Options_of_another_table_are_refused(string message, params string[] options)
    {
        var result = await Run(Pairs, options);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paired_tests_say_how_they_were_made()
    {
        var statistics = JsonNode.Parse((await Run("a,b\n3,1\n2,2\n5,3\n", "--paired", "--json")).Out)!["paired"]!.AsArray();

        var how = statistics.ToDictionary(s => (string)s!["statistic"]!, s => (string?)s!["how"]);
        Assert.Equal(
            ("normal-continuity, zeros left out: 1, with ties", "exact", null),
            (how["wilcoxon"], how["sign-flip"], how["cohen-dz"])
        );
        Assert.Contains("with ties", (await Run("a,b\n3,1\n2,2\n5,3\n", "--paired")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paired_samples_give_every_statistic()
    {
        var statistics = JsonNode.Parse((await Run(Pairs, "--paired", "--json")).Out)!["paired"]!.AsArray();

        // Differences 2, −.5, 4: W+ = 5 of ranks 2, 1, 3, and sign flips reach 5.5 in four of eight.
        var byName = statistics.ToDictionary(s => (string)s!["statistic"]!, s => s!);
        Assert.Equal(5.5 / 3, (double)byName["mean-difference"]["value"]!, 1e-12);
        Assert.Equal((5, 0.5), ((double)byName["wilcoxon"]["value"]!, (double)byName["sign-flip"]["p"]!));
        Assert.NotNull(byName["mean-difference"]["ci_low"]);
        Assert.Equal(18, byName.Count);
    }

    [Fact]
    public async Task The_order_of_rows_changes_no_byte()
    {
        foreach (var (table, option) in new[] { (Wins, "--pairwise"), (Pairs, "--paired") })
        {
            var lines = table.TrimEnd('\n').Split('\n');
            var turned = string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Reverse())) + "\n";
            Assert.Equal((await Run(table, option, "--json")).Out, (await Run(turned, option, "--json")).Out);
        }
    }

    [Fact]
    public async Task Half_pairs_are_left_out_with_a_note()
    {
        var result = await Run(Pairs + "7,\n", "--paired");

        Assert.Equal(
            (0, "standard input: 1 rows without both values are left out.\n"),
            (result.ExitCode, result.Error.ReplaceLineEndings("\n"))
        );
        Assert.Equal((await Run(Pairs, "--paired")).Out, result.Out);
    }

    [Theory]
    [InlineData("--paired", "a,b\n1,x\n2,y\n", "standard input:2: 'x' in the column 'b' is not a number.", "standard input:3:")]
    [InlineData("--paired", "a\n1\n", "The column 'b' is missing.", "")]
    [InlineData("--paired", "a,b\nNaN,1\n", "'NaN' in the column 'a' is not a number.", "")]
    [InlineData("--paired", "a,b\n1,2,3\n", "The row has 3 cells and the header 2.", "")]
    [InlineData("--paired", "", "The table is empty.", "")]
    [InlineData("--pairwise", "left,right,wins_left,wins_right\na,a,1,0\n", "'a' stands on both sides.", "")]
    [InlineData("--pairwise", "left,right,wins_left,wins_right\na,b,-1,0\n", "-1 is negative", "")]
    [InlineData("--pairwise", "left,right,wins_left,wins_right\na,,1,0\n", "does not name both", "")]
    [InlineData("--pairwise", "left,left,wins_left,wins_right\na,b,1,0\n", "The column 'left' stands twice.", "")]
    public async Task Wrong_tables_are_told_with_their_places(string option, string table, string message, string also)
    {
        var result = await Run(table, option);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains(also, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strengths_are_written_where_a_folder_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("wins.csv", "left,right,wins_left,wins_right\na,b,3,1\n");

        var result = await CommandLine.RunAsync(folder.Path, "agreement", "wins.csv", "--pairwise", "--output", "out");

        // Log-odds of 3 to 1, half to either side; its variance is 1/3 + 1/1.
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["pairwise.csv"], Directory.EnumerateFiles(folder["out"]).Select(Path.GetFileName));
        Assert.Equal(
            "item,log_strength,ci_low,ci_high,se,rank,rank_low,rank_high,undefined_because\n"
                + "a,0.549306,-0.58228,1.680892,0.57735,1,1,2,\n"
                + "b,-0.549306,-1.680892,0.58228,0.57735,2,1,2,\n",
            folder.Read("out/pairwise.csv")
        );
    }

    [Fact]
    public async Task Paired_statistics_are_written_where_a_folder_is_named_and_small_p_is_no_zero()
    {
        using var folder = new TempFolder();
        folder.Write("pairs.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{9 + i % 2},0\n")));

        var result = await CommandLine.RunAsync(folder.Path, "agreement", "pairs.csv", "--paired", "--output", "out");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["paired.csv"], Directory.EnumerateFiles(folder["out"]).Select(Path.GetFileName));
        var rows = folder.Read("out/paired.csv").Split('\n');
        Assert.Equal("statistic,value,p,ci_low,ci_high,undefined_because", rows[0]);
        Assert.Contains("mean-a,9.5,,,,", rows);
        Assert.Matches(
            @"^paired-t,145\.\d+,\d\.\d+E-7\d,9\.36\d+,9\.63\d*,$",
            Assert.Single(rows, r => r.StartsWith("paired-t,", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("--pairwise", "--items")]
    [InlineData("--pairwise", "--bootstrap", "9")]
    [InlineData("--pairwise", "--models", "ds")]
    [InlineData("--paired", "--raters")]
    [InlineData("--paired", "--prior", "1")]
    [InlineData("--prior", "1")]
    public async Task Options_that_would_do_nothing_are_refused(params string[] options)
    {
        var result = await Run(options.Contains("--paired") ? Pairs : Wins, options);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(" is for ", result.Error, StringComparison.Ordinal);
    }

    private static async Task<CommandResult> Run(string input, params string[] options)
    {
        using var folder = new TempFolder();
        return await CommandLine.RunWithInputAsync(folder.Path, input, ["agreement", "-", .. options]);
    }
}
