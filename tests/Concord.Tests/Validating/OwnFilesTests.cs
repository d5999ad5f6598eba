using Concord.Core.Domain;
using Concord.Pipeline.Exporting;
using Concord.Tests.Exporting;
using Concord.Tests.Support;

namespace Concord.Tests.Validating;

/// <summary>What is exported is what its trainer reads.</summary>
public sealed class OwnFilesTests : IDisposable
{
    private readonly GradedWorkspace _workspace = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<ExportFormat, string> Every =>
        [
            .. Enum.GetValues<ExportFormat>().Select(f => (f, "out")),
            (ExportFormat.TrlConversational, "out.jsonl"),
            (ExportFormat.TrlConversational, "out.jsonl.gz"),
            (ExportFormat.TrlConversational, "out.parquet"),
        ];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Files_and_folders_of_export_are_accepted(ExportFormat format, string output)
    {
        var name = Names.Of(format);
        var export = await CommandLine.RunAsync(
            _folder.Path,
            ["export", "--repo", _workspace.Repository.Path, "--format", name, "--output", output]
        );
        Assert.True(export.ExitCode == 0, export.Error);

        var named = await CommandLine.RunAsync(_folder.Path, "validate", output, "--format", name, "--fail-on", "warning");
        var told = await CommandLine.RunAsync(_folder.Path, "validate", output);
        var stats = await CommandLine.RunAsync(_folder.Path, "stats", output);

        Assert.True(named.ExitCode == 0, named.Out);
        Assert.Contains($" as {name}: 0 errors, 0 warnings", named.Out, StringComparison.Ordinal);
        Assert.Contains($" as {name}, told from the columns: 0 errors", told.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\n0 rows", "\n" + named.Out, StringComparison.Ordinal);
        Assert.Contains($" as {name}.", stats.Out, StringComparison.Ordinal);
        Assert.Contains("chosen", stats.Out, StringComparison.Ordinal);
    }
}
