using Concord.Core.Domain;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Exporting;
using Concord.Tests.Datasets;
using Concord.Tests.Support;

namespace Concord.Tests.Exporting;

/// <summary>Every format of the same graded workspace: to the byte, by its schema, and as others load it.</summary>
public sealed class FormatsTests : IDisposable
{
    private readonly GradedWorkspace _workspace = new();
    private readonly TempFolder _folder = new();

    public static TheoryData<ExportFormat> All => [.. Enum.GetValues<ExportFormat>()];

    private static ExportRecipe Recipe(ExportFormat format) => new() { Format = format, PromptLicense = "cc-by-4.0" };

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_format_is_its_golden_file_obeys_its_schema_and_is_loaded_with_its_columns(ExportFormat format)
    {
        var (dataset, report) = DatasetExport.Of(_workspace.Source(), Recipe(format));
        var lines = Write(dataset, DatasetFile.Jsonl);

        Assert.True(report.Rows > 1, string.Join('\n', ExportReportText.Lines(report)));
        Golden.Equal(
            $"export/{Names.Of(format)}.jsonl",
            await File.ReadAllTextAsync(lines, TestContext.Current.CancellationToken)
        );
        var schema = Path.Combine(SourceTree.Root, "tests/Concord.Tests/Exporting/formats.schema.json");
        Assert.Empty(await DatasetReaders.BrokenAsync(schema, $"#/$defs/{Names.Of(format)}", lines));
        var read = await DatasetReaders.LoadAsync(lines, Columns(dataset.Shape));
        Assert.Equal((report.Rows, null), (read.Rows, read.Differs));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Its_Parquet_has_the_same_rows_whoever_reads_it(ExportFormat format)
    {
        var (dataset, report) = DatasetExport.Of(_workspace.Source(), Recipe(format));

        var found = await DatasetReaders.CompareAsync(Write(dataset, DatasetFile.Parquet), Write(dataset, DatasetFile.Jsonl));

        Assert.All(found, f => Assert.Equal((f.Key, report.Rows, null), (f.Key, f.Value.Rows, f.Value.Differs)));
    }

    [Fact]
    public async Task The_full_record_obeys_the_schema_that_it_was_designed_by()
    {
        var record = SourceTree.Reference("export/export-record.schema.json");
        var (dataset, _) = DatasetExport.Of(_workspace.Source(), Recipe(ExportFormat.TrlConversational));

        Assert.Empty(await DatasetReaders.BrokenAsync(record, "#", Write(dataset, DatasetFile.Jsonl)));
    }

    [Fact]
    public void The_full_records_fields_stand_in_the_order_of_that_schema()
    {
        var record = SourceTree.Reference("export/export-record.schema.json");
        var (dataset, _) = DatasetExport.Of(_workspace.Source(), Recipe(ExportFormat.TrlConversational));
        using var schema = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(record));

        Assert.Equal(
            schema.RootElement.GetProperty("required").EnumerateArray().Select(n => n.GetString()!),
            ((Shape.RecordShape)dataset.Shape).Fields.Select(f => f.Name)
        );
    }

    [Fact]
    public void An_undefined_agreement_is_minus_two_and_says_so()
    {
        // One grader alone: nothing to agree on.
        File.Delete(_workspace.Repository["grades/ben-2026-11-02.csv"]);
        File.Delete(_workspace.Repository["grades/cyd-2026-11-02.csv"]);
        var recipe = Recipe(ExportFormat.TrlConversational);
        var rules = recipe.Rules with { MinVotes = 1, MinCommon = 1 };

        var (dataset, report) = DatasetExport.Of(_workspace.Source(), recipe with { Rules = rules });
        var text = string.Concat(DatasetStream.Pieces(dataset));

        Assert.True(report.Rows > 0);
        Assert.Contains("\"agreement\":-2.0,\"agreement_metric\":\"undefined\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_empty_in_every_row_has_one_empty_element_so_that_it_has_a_type()
    {
        File.Delete(_workspace.Repository["benchmarks/outputs/bars/lab/one/screenshot.png"]);

        var (dataset, _) = DatasetExport.Of(_workspace.Source(), Recipe(ExportFormat.TrlConversational));

        Assert.All(
            string.Concat(DatasetStream.Pieces(dataset)).TrimEnd().Split('\n'),
            line => Assert.Contains("\"chosen_screenshot_refs\":[\"\"]", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_file_kind_of_the_same_rows_is_the_same_every_time()
    {
        foreach (var file in Enum.GetValues<DatasetFile>())
        {
            var recipe = Recipe(ExportFormat.TrlConversational);
            var once = File.ReadAllBytes(Write(DatasetExport.Of(_workspace.Source(), recipe).Dataset, file));
            var again = File.ReadAllBytes(Write(DatasetExport.Of(_workspace.Source(), recipe).Dataset, file));
            Assert.Equal(once, again);
        }
    }

    private string Write(Dataset dataset, DatasetFile file)
    {
        var path = _folder["rows" + file.Extension()];
        using var stream = File.Create(path);
        DatasetStream.Write(dataset, file, stream, TestContext.Current.CancellationToken);
        return path;
    }

    // As somebody writes them who loads the file.
    private static string Columns(Shape shape) =>
        $"{{{string.Join(", ", ((Shape.RecordShape)shape).Fields.Select(f => $"'{f.Name}': '{Type(f.Shape)}'"))}}}";

    private static string Type(Shape shape) =>
        shape switch
        {
            Shape.TextShape => "VARCHAR",
            Shape.NumberShape => "DOUBLE",
            Shape.WholeShape => "BIGINT",
            Shape.FlagShape => "BOOLEAN",
            Shape.ListShape list => $"{Type(list.Element)}[]",
            Shape.RecordShape record =>
                $"STRUCT({string.Join(", ", record.Fields.Select(f => $"\"{f.Name}\" {Type(f.Shape)}"))})",
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
        };
}
