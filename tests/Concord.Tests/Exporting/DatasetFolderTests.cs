using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Exporting;
using Concord.Tests.Support;

namespace Concord.Tests.Exporting;

public sealed class DatasetFolderTests : IDisposable
{
    private readonly GradedWorkspace _workspace = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    private string[] Write(ExportRecipe recipe, string name = "out")
    {
        var source = _workspace.Source();
        var (dataset, report) = DatasetExport.Of(source, recipe);
        DatasetFolder.Write(_folder[name], dataset, source, report, TestContext.Current.CancellationToken);
        return Files(name);
    }

    private string[] Files(string name = "out") =>
        [
            .. Directory
                .EnumerateFiles(_folder[name], "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(_folder[name], f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void A_folder_has_data_as_the_Hub_names_it_a_card_the_recipe_and_the_list_of_all()
    {
        Assert.Equal(["README.md", "concord.json", "data/train-00000-of-00001.parquet", "recipe.yaml"], Write(new()));
        using var manifest = JsonDocument.Parse(_folder.Read("out/concord.json"));
        Assert.All(
            manifest.RootElement.GetProperty("files").EnumerateArray(),
            f =>
                Assert.Equal(
                    Fingerprint.Sha256(File.ReadAllBytes(_folder[$"out/{f.GetProperty("path").GetString()}"])),
                    f.GetProperty("sha256").GetString()
                )
        );
    }

    [Fact]
    public void Strict_formats_have_line_by_line_beside_them_what_each_row_is()
    {
        var files = Write(new() { Format = ExportFormat.LlamaFactory });
        Assert.Contains("data/train-00000-of-00001.jsonl", files);
        Assert.Contains("dataset_info.json", files);
        var rows = _folder.Read("out/data/train-00000-of-00001.jsonl").TrimEnd().Split('\n');
        var sides = _folder.Read("out/row_ids/train.jsonl").TrimEnd().Split('\n');
        var (full, _) = DatasetExport.Of(_workspace.Source(), new());
        Assert.Equal(rows.Length, sides.Length);
        Assert.Equal(
            string.Concat(DatasetStream.Pieces(full))
                .TrimEnd()
                .Split('\n')
                .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("pair_id").GetString()),
            sides.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("pair_id").GetString())
        );
        using var info = JsonDocument.Parse(_folder.Read("out/dataset_info.json"));
        Assert.Equal(
            "data/train-00000-of-00001.jsonl",
            info.RootElement.GetProperty("test_train").GetProperty("file_name").GetString()
        );
    }

    [Fact]
    public void An_earlier_dataset_is_replaced_and_other_files_stay()
    {
        Write(new() { Validation = 0.3, Test = 0.3 });
        _folder.Write("out/LICENSE", "mine");
        _folder.Write("out/.git/config", "mine too");
        _folder.Write("out/data/notes.txt", "mine as well");

        Assert.Equal(
            [
                ".git/config",
                "LICENSE",
                "README.md",
                "concord.json",
                "data/notes.txt",
                "data/train-00000-of-00001.parquet",
                "recipe.yaml",
            ],
            Write(new())
        );
    }

    [Fact]
    public void A_list_of_files_that_somebody_changed_deletes_nothing_elsewhere()
    {
        Write(new());
        _folder.Write("precious.txt", "x");
        _folder.Write("out/LICENSE", "x");
        _folder.Write(
            "out/concord.json",
            """{"files": [{"path": "../precious.txt"}, {"path": "LICENSE"}, {"path": "data/../../precious.txt"}, {"path": "/etc/hostname"}, 7]}"""
        );

        Write(new());

        Assert.True(File.Exists(_folder["precious.txt"]));
        Assert.True(File.Exists(_folder["out/LICENSE"]));
    }

    [Fact]
    public void A_linked_folder_in_it_is_refused_and_what_it_leads_to_is_left()
    {
        Write(new());
        _folder.Write("victim/train-00000-of-00001.parquet", "mine");
        Directory.Delete(_folder["out/data"], recursive: true);
        Directory.CreateSymbolicLink(_folder["out/data"], _folder["victim"]);

        Assert.Throws<ConcordException>(() => Write(new()));

        Assert.Equal("mine", _folder.Read("victim/train-00000-of-00001.parquet"));
    }

    [Fact]
    public void A_card_that_somebody_wrote_in_is_refused_until_it_is_moved()
    {
        Write(new());
        DatasetFolder.RefuseEditedCard(_folder["out"]);
        File.AppendAllText(_folder["out/README.md"], "mine");
        var error = Assert.Throws<ConcordException>(() => DatasetFolder.RefuseEditedCard(_folder["out"]));
        Assert.Contains("Move it to another name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_interruption_left_between_two_moves_is_removed_by_the_next_export()
    {
        Write(new() { Validation = 0.3, Test = 0.3 });
        // The list of old and new files, as it stands while they are moved.
        _folder.Write(
            "out/concord.json",
            """{"schema": 1, "files": [{"path": "data/train-00000-of-00001.parquet"}, {"path": "data/test-00000-of-00001.parquet"}, {"path": "data/validation-00000-of-00001.parquet"}, {"path": "data/train-00000-of-00002.parquet"}]}"""
        );
        _folder.Write("out/data/train-00000-of-00002.parquet", "left");

        Assert.Equal(["README.md", "concord.json", "data/train-00000-of-00001.parquet", "recipe.yaml"], Write(new()));
    }

    [Fact]
    public void A_folder_of_something_else_is_refused_and_left_as_it_is()
    {
        _folder.Write("out/thesis.md", "x");
        var error = Assert.Throws<ConcordException>(() => Write(new()));
        Assert.Contains("thesis.md", error.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.md"], Files());
    }

    [Fact]
    public void A_disk_that_refuses_leaves_the_earlier_dataset_whole()
    {
        Write(new());
        var before = File.ReadAllBytes(_folder["out/data/train-00000-of-00001.parquet"]);
        var source = _workspace.Source();
        var (dataset, report) = DatasetExport.Of(source, new());
        var torn = dataset with { Parts = [dataset.Parts[0] with { Rows = dataset.Parts[0].Rows.Take(1).Concat(Broken()) }] };

        Assert.Throws<ConcordException>(() =>
            DatasetFolder.Write(_folder["out"], torn, source, report, TestContext.Current.CancellationToken)
        );

        Assert.Equal(before, File.ReadAllBytes(_folder["out/data/train-00000-of-00001.parquet"]));
        Assert.Equal(4, Files().Length);
    }

    [Fact]
    public void Large_data_lies_in_several_files()
    {
        var source = _workspace.Source();
        var recipe = new ExportRecipe { ShardMegabytes = 1, Format = ExportFormat.LlamaFactory };
        var (dataset, report) = DatasetExport.Of(source, recipe);
        var many = dataset with
        {
            Parts = [dataset.Parts[0] with { Rows = Enumerable.Repeat(dataset.Parts[0].Rows.First(), 2000) }],
        };
        DatasetFolder.Write(_folder["out"], many, source, report, TestContext.Current.CancellationToken);
        var data = Files().Where(f => f.StartsWith("data/", StringComparison.Ordinal)).ToArray();
        Assert.True(data.Length > 1);
        Assert.Equal($"data/train-00000-of-{data.Length:00000}.jsonl", data[0]);
        Assert.Equal(2000, data.Sum(f => File.ReadLines(_folder[$"out/{f}"]).Count()));
    }

    [Fact]
    public void The_card_says_what_the_data_is_and_what_it_cannot_tell()
    {
        Write(
            new()
            {
                Validation = 0.3,
                Test = 0.3,
                Salt = "a",
            }
        );
        var card = _folder.Read("out/README.md");
        Golden.Equal("export/README.md", card);
        Assert.Contains("size_categories:\n- n<1K\n", card, StringComparison.Ordinal);
        Assert.Contains("  - split: validation\n    path: data/validation-*\n", card, StringComparison.Ordinal);
        Assert.Contains("For some models no licence is recorded", card, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_can_put_nothing_into_the_card_but_words()
    {
        _workspace.Repository.Write(
            "benchmarks/benchmark.yaml",
            _workspace
                .Repository.Read("benchmarks/benchmark.yaml")
                .Replace(
                    "title: Test benchmark",
                    "title: \"x\\nlicense: mit ![i](http://e.example/) <script>\"",
                    StringComparison.Ordinal
                )
        );
        Write(new());
        var card = _folder.Read("out/README.md");
        Assert.DoesNotContain("\nlicense: mit", card, StringComparison.Ordinal);
        Assert.DoesNotContain("![i](", card.Split("---")[2], StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", card.Split("---")[2], StringComparison.Ordinal);
    }

    private static IEnumerable<DatasetRow> Broken()
    {
        yield return Refused();

        static DatasetRow Refused() => throw new IOException("No space left on device");
    }
}
