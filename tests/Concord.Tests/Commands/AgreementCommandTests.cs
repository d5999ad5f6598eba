using System.Text.Json;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class AgreementCommandTests
{
    private const string Table = "item,rater,grade\nx,ann,1\nx,bob,1\ny,ann,3\ny,bob,2\nz,ann,5\nz,bob,5\n";

    [Fact]
    public async Task A_table_on_standard_input_is_analysed()
    {
        var result = await Run(Table, "agreement", "-");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("3 items, 2 raters, 6 ratings.", result.Out, StringComparison.Ordinal);
        Assert.Contains("krippendorff-alpha", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_are_those_of_a_pencil()
    {
        using var document = JsonDocument.Parse((await Run(Table, "agreement", "-", "--json", "--bootstrap", "0")).Out);
        var criterion = Assert.Single(document.RootElement.GetProperty("criteria").EnumerateArray());
        var coefficients = criterion
            .GetProperty("coefficients")
            .EnumerateArray()
            .ToDictionary(
                c => $"{c.GetProperty("coefficient")} {c.GetProperty("weights")}",
                c => c.GetProperty("value").GetDouble()
            );

        // Observed: one pair is one apart, 2·1²/6. Expected: the 15 pairs of 1 1 2 3 5 5 have squares that sum to 101, 2·101/(6·5).
        Assert.Equal(1 - (2.0 / 6 / (2.0 * 101 / 30)), coefficients["krippendorff-alpha interval"], 12);
        Assert.Equal((2.0 / 3, 1.0), (coefficients["percent-agreement unweighted"], coefficients["percent-agreement within-1"]));
        Assert.Equal(
            (3, 2, 6),
            (
                criterion.GetProperty("items").GetInt32(),
                criterion.GetProperty("raters").GetInt32(),
                criterion.GetProperty("ratings").GetInt32()
            )
        );
        Assert.Equal(JsonValueKind.Null, criterion.GetProperty("coefficients")[0].GetProperty("ci_low").ValueKind);
    }

    [Theory]
    [InlineData("--models=ds")]
    [InlineData("--items")]
    [InlineData("--raters")]
    public async Task No_name_of_a_table_moves_the_cursor(string option)
    {
        const string Escapes = "item,rater,grade,criterion\nx\e[2J,r\e[2J,g\e[2J,c\e[2J\nx\e[2J,s\e[2J,h\e[2J,c\e[2J\n";

        var result = await Run(Escapes, "agreement", "-", option);

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain('\e', result.Out + result.Error);
        Assert.Contains("c\\u001b[2J: 1 item,", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_into_memory_is_no_bug()
    {
        using var folder = new TempFolder();
        folder.Write(
            "r.csv",
            $"item,rater,grade\n{string.Join('\n', Enumerable.Range(0, 40_000).Select(i => $"i{i},a,{i % 2000}"))}\n"
        );

        // The chances of 2,000 classes for each of 40,000 items are 640 MB.
        var result = await ConcordProcess.RunAsync(
            folder.Path,
            [("DOTNET_GCHeapHardLimit", "0x8000000")],
            ["dotnet", ConcordProcess.Program, "agreement", "r.csv", "--bootstrap", "0", "--models", "majority"]
        );

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("The memory did not suffice.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_the_same_text_however_it_is_cut_into_pieces()
    {
        var name = string.Concat(Enumerable.Repeat("é😀x", 20_000));

        using var document = JsonDocument.Parse(
            (await Run($"item,rater,grade\n{name},a,1\n{name},b,2\n", "agreement", "-", "--items", "--json")).Out
        );

        Assert.Equal(
            name,
            document.RootElement.GetProperty("criteria")[0].GetProperty("items_table")[0].GetProperty("item").GetString()
        );
    }

    [Fact]
    public async Task Items_are_summarised_where_they_are_asked_for()
    {
        using var document = JsonDocument.Parse((await Run(Table, "agreement", "-", "--json", "--items")).Out);

        var items = document.RootElement.GetProperty("criteria")[0].GetProperty("items_table").EnumerateArray().ToArray();
        Assert.Equal(
            [("x", 1.0), ("y", 2.5), ("z", 5.0)],
            items.Select(i => (i.GetProperty("item").GetString()!, i.GetProperty("median").GetDouble()))
        );
    }

    [Fact]
    public async Task Duplicates_are_reported_and_nothing_is_computed()
    {
        var result = await Run(Table + "x,ann,4\ny,bob,4\n", "agreement", "-");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(
            "standard input:8: The rater 'ann' rates the item 'x' a second time.",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("standard input:9:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_wrong_throughout_is_told_in_its_first_fifty_lines()
    {
        var result = await Run(Table + string.Concat(Enumerable.Repeat("x,ann,4\n", 60)), "agreement", "-");

        Assert.Equal((2, 51), (result.ExitCode, result.Error.TrimEnd().Split('\n').Length));
        Assert.EndsWith("… and 10 more.\n", result.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("item,rater,grade\n")]
    [InlineData("item,rater,grade\nx,ann,\n")]
    public async Task A_table_without_ratings_says_so(string table)
    {
        var result = await Run(table, "agreement", "-");

        Assert.Equal(
            (0, "", "standard input: The table has no ratings, so there is nothing to compute.\n"),
            (result.ExitCode, result.Out, result.Error.ReplaceLineEndings("\n"))
        );
    }

    [Fact]
    public async Task One_rater_is_one_rater_and_no_pair()
    {
        var result = await Run("item,rater,grade\nx,ann,1\ny,ann,2\n", "agreement", "-", "--raters", "--models", "ds");

        Assert.StartsWith("2 items, 1 rater, 2 ratings.\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("\nNo two raters rated the same item, so there is no pair", result.Out, StringComparison.Ordinal);
        Assert.Contains("converged after 1 iteration.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pairs_of_raters_fit_eighty_columns()
    {
        using var folder = new TempFolder();

        var result = await CommandLine.RunAtWidthAsync(folder.Path, Table, 80, "agreement", "-", "--raters");

        Assert.Matches("rater +rater +items +same +within 1 +kappa quadratic +spearman +difference\n", result.Out);
    }

    [Fact]
    public async Task Every_rater_model_can_be_asked_for_at_once()
    {
        var all = await Run(Table, "agreement", "-", "--models", "all");

        var each = "majority,ds,ds-shrunken,one-coin,laplace,mace,glad,wawa,zbs,additive";
        Assert.Equal((await Run(Table, "agreement", "-", "--models", each)).Out, all.Out);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_seed_that_is_no_number_is_told_in_words(string seed)
    {
        var result = await Run(Table, "agreement", "-", "--seed", seed);

        Assert.StartsWith($"--seed takes a whole number, 0 or more; '{seed}' is none.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("UInt64", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ignored_columns_are_noted_beside_the_result()
    {
        using var folder = new TempFolder();
        folder.Write("r.csv", "item,rater,rating,colour\nx,ann,1,red\nx,bob,1,blue\n");

        var result = await CommandLine.RunAsync(folder.Path, "agreement", "r.csv", "--json");

        Assert.Equal((0, "r.csv:1: Ignored columns: colour.\n"), (result.ExitCode, result.Error.ReplaceLineEndings("\n")));
        using var document = JsonDocument.Parse(result.Out);
    }

    [Fact]
    public async Task Categories_that_are_no_numbers_leave_a_reason_where_numbers_are_needed()
    {
        using var document = JsonDocument.Parse(
            (await Run("item,rater,grade\nx,a,good\nx,b,good\ny,a,bad\ny,b,good\n", "agreement", "-", "--json")).Out
        );

        foreach (var c in document.RootElement.GetProperty("criteria")[0].GetProperty("coefficients").EnumerateArray())
        {
            var needsNumbers =
                c.GetProperty("coefficient").GetString() == "krippendorff-alpha"
                && c.GetProperty("weights").GetString() != "nominal";
            Assert.Equal(needsNumbers ? JsonValueKind.Null : JsonValueKind.Number, c.GetProperty("value").ValueKind);
            if (needsNumbers)
                Assert.Contains("not numbers", c.GetProperty("undefined_because").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Equal_ratings_are_undefined_and_not_one()
    {
        var result = await Run("item,rater,grade\nx,a,1\nx,b,1\ny,a,1\ny,b,1\n", "agreement", "-");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("undefined: Every rating is the same category", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_table_in_any_order_gives_the_same_bytes()
    {
        var lines = Table.TrimEnd('\n').Split('\n');
        var shuffled = string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Reverse())) + "\n";

        Assert.Equal((await Run(Table, "agreement", "-", "--json")).Out, (await Run(shuffled, "agreement", "-", "--json")).Out);
    }

    [Fact]
    public async Task Files_are_written_where_a_folder_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("r.csv", Table);

        string[] arguments = ["agreement", "r.csv", "--level", "interval", "--bootstrap", "0", "--items", "--output", "new/out"];
        var result = await CommandLine.RunAsync(folder.Path, arguments);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain("median", result.Out, StringComparison.Ordinal);
        Assert.Equal(
            "item,n,median,mean,sd,min,max\nx,2,1,1,0,1,1\ny,2,2.5,2.5,0.707107,2,3\nz,2,5,5,0,5,5\n",
            folder.Read("new/out/items.csv")
        );
        Assert.StartsWith(
            "criterion,items,raters,ratings,coefficient,weights,value,ci_low,ci_high,se,undefined_because\n"
                + ",3,2,6,krippendorff-alpha,interval,0.950495,,,,\n",
            folder.Read("new/out/agreement.csv"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "The folder has no name.")]
    [InlineData("link", "consensus/ belongs to the workspace and is not written to here.")]
    public async Task Nothing_is_written_to_a_folder_without_a_name_or_through_a_link(string output, string what)
    {
        using var repository = TestWorkspace.Create();
        repository.Write("r.csv", Table);
        repository.Write("consensus/README.md", "kept");
        Directory.CreateSymbolicLink(repository["link"], repository["consensus"]);

        var result = await CommandLine.RunAsync(repository.Path, "agreement", "r.csv", "--output", output);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(what, result.Error, StringComparison.Ordinal);
        Assert.Equal(["README.md"], Directory.GetFiles(repository["consensus"]).Select(Path.GetFileName));
        Assert.False(File.Exists(repository["agreement.csv"]));
    }

    [Theory]
    [InlineData("grades")]
    [InlineData("consensus/new")]
    [InlineData("r.csv")]
    public async Task Files_are_not_written_where_the_workspace_has_its_own(string output)
    {
        using var folder = new TempFolder();
        folder.Write("r.csv", Table);

        var result = await CommandLine.RunAsync(folder.Path, "agreement", "r.csv", "--output", output);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["r.csv"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    private static async Task<CommandResult> Run(string input, params string[] arguments)
    {
        using var folder = new TempFolder();
        return await CommandLine.RunWithInputAsync(folder.Path, input, arguments);
    }
}
