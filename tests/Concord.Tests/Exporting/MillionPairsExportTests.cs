using System.Diagnostics;
using System.Globalization;
using System.Text;
using Concord.Core.Statistics;
using Concord.Tests.Support;

namespace Concord.Tests.Exporting;

/// <summary>The whole command on a challenge of 1,450 outputs, whose pairs are more than a million.</summary>
[Trait("Category", "Soak")]
public sealed class MillionPairsExportTests : IDisposable
{
    private const int Outputs = 1_450;
    private const long MostBytes = 300_000_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public async Task A_million_pairs_are_exported_within_300_MB(string file)
    {
        Write();
        var program = Path.Combine(AppContext.BaseDirectory, "concord");
        Assert.True(File.Exists(program), program);
        var start = new ProcessStartInfo(program) { WorkingDirectory = _repository.Path, RedirectStandardError = true };
        foreach (
            var argument in (string[])
                [
                    "export",
                    "--format",
                    "trl",
                    "--pairs",
                    "all",
                    "--min-margin",
                    "0",
                    "--min-chosen",
                    "0",
                    "--max-per-prompt",
                    "0",
                    "--keep-conflicts",
                    "--output",
                    $"pairs.{file}",
                ]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var most = 0L;
        while (!process.HasExited)
        {
            process.Refresh();
            most = Math.Max(most, process.HasExited ? 0 : process.WorkingSet64);
            await Task.Delay(Look, TestContext.Current.CancellationToken);
        }

        Assert.True(process.ExitCode == 0, await error);
        Assert.Contains($"{Outputs * (Outputs - 1) / 2} pairs over", await error, StringComparison.Ordinal);
        Assert.True(most is > 0 and < MostBytes, $"{most} bytes at most.");
    }

    private void Write()
    {
        _repository.Write(
            "benchmarks/benchmark.yaml",
            "schema: 1\nname: big\ntitle: Big\ncriteria:\n  - {id: quality, question: q, weight: 1, scale: {min: 0, max: 5, step: 0.001, level: interval}}\n"
        );
        _repository.Write("benchmarks/challenges/bars/challenge.yaml", "title: Bars\nkind: visualization\n");
        _repository.Write("benchmarks/challenges/bars/prompt.md", "Draw bars.\n");
        var random = new Xoshiro256(20261121);
        var rows = new StringBuilder();
        for (var i = 0; i < Outputs; i++)
        {
            var (model, html) = ($"lab/m{i:0000}", Html(random));
            TestWorkspace.AddOutput(_repository, "bars", model, html);
            rows.Append(
                CultureInfo.InvariantCulture,
                $"bars,{model},{TestWorkspace.OutputId(html)},{i * 0.003:0.######},graded,,2026-11-02T09:00:00Z,30\n"
            );
        }
        foreach (var grader in new[] { "ada", "ben" })
            _repository.Write(
                $"grades/{grader}-2026-11-02.csv",
                $"challenge,model,output,quality,status,notes,graded_at,seconds\n{rows}"
            );
        _repository.Commit("big");
    }

    private static string Html(Xoshiro256 random) =>
        $"<p>{string.Join(' ', Enumerable.Range(0, 60).Select(_ => $"w{(int)(random.NextDouble() * 100_000)}"))}</p>\n";
}
