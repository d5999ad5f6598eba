using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets;
using Concord.Tests.Datasets;

namespace Concord.Performance;

/// <summary>
/// Rows into files, side by side in one run: our writers, each in a process of its own, and DuckDB's COPY of the same rows
/// from its memory. They take turns.
/// </summary>
internal static class DatasetWriting
{
    private const double Mega = 1e6;
    private const string None = "none";

    public static async Task<int> RunAsync(int rows, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("concord-datasets-").FullName;
        try
        {
            Console.WriteLine($"{rows:N0} rows, {Environment.ProcessorCount} cores; median of {rounds} round(s)");
            string[] kinds = [None, .. DatasetFiles.Names];
            var ours = kinds.ToDictionary(k => k, _ => new List<Written>());
            var theirs = new Dictionary<int, List<Copied>> { [1] = [], [Environment.ProcessorCount] = [] };
            for (var round = 0; round < rounds; round++)
            {
                foreach (var kind in kinds)
                    ours[kind].Add(await OursAsync(kind, Path.Combine(folder, $"ours.{kind}"), rows));
                foreach (var (threads, copies) in theirs)
                    copies.Add(await DuckDbAsync(Path.Combine(folder, "ours.jsonl"), folder, threads));
            }
            var making = Middle(ours[None].Select(w => w.Seconds));
            Console.WriteLine($"making the rows alone: {Seconds(making)} s, peak {ours[None].Max(w => w.PeakMegabytes)} MB");
            foreach (var file in Enum.GetValues<DatasetFile>())
            {
                var kind = DatasetFiles.NameOf(file);
                var all = ours[kind];
                var net = Middle(all.Select(w => w.Seconds)) - making;
                Console.WriteLine(
                    $"{kind}: {Seconds(net)} s beside making the rows, {all[0].Bytes / Mega:0} MB, peak {all.Max(w => w.PeakMegabytes)} MB"
                );
                foreach (var (threads, copies) in theirs)
                    if (file != DatasetFile.JsonlGz)
                    {
                        var (theirSeconds, bytes) =
                            file == DatasetFile.Jsonl
                                ? (Middle(copies.Select(c => c.Jsonl)), copies[0].JsonlBytes)
                                : (Middle(copies.Select(c => c.Parquet)), copies[0].ParquetBytes);
                        Console.WriteLine(
                            $"  DuckDB's COPY, {threads} thread(s): {Seconds(theirSeconds)} s, {bytes / Mega:0} MB; ratio {Seconds(net / theirSeconds)}"
                        );
                    }
            }
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the process of one writer does: writes, and prints seconds, bytes and its peak of memory.</summary>
    public static int Write(string kind, string path, int rows)
    {
        var clock = Stopwatch.StartNew();
        if (kind == None)
            Console.Error.WriteLine(SyntheticPairs.Rows(rows).Sum(r => (long)r.Length));
        else if (DatasetFiles.TryParse(kind, out var file))
        {
            using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 17);
            using var writer = file.Writer(SyntheticPairs.Shape, stream, [HubFeatures.Metadata(SyntheticPairs.Shape)]);
            foreach (var row in SyntheticPairs.Rows(rows))
                writer.Write(row);
            writer.Finish();
        }
        var seconds = clock.Elapsed.TotalSeconds;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(
            JsonSerializer.Serialize(
                new Written(seconds, kind == None ? 0 : new FileInfo(path).Length, self.PeakWorkingSet64 / (1 << 20))
            )
        );
        return 0;
    }

    private static async Task<Written> OursAsync(string kind, string path, int rows) =>
        JsonSerializer.Deserialize<Written>(
            await OutputAsync(
                Environment.ProcessPath!,
                null,
                "dataset-file",
                kind,
                path,
                rows.ToString(CultureInfo.InvariantCulture)
            )
        )!;

    private static async Task<Copied> DuckDbAsync(string lines, string folder, int threads) =>
        JsonSerializer.Deserialize<Copied>(
            await OutputAsync(
                "node",
                Path.GetFullPath("tests/Concord.Tests/Datasets/Readers"),
                "copy.mjs",
                lines,
                SyntheticPairs.Columns,
                folder,
                threads.ToString(CultureInfo.InvariantCulture)
            ),
            JsonSerializerOptions.Web
        )!;

    private static async Task<string> OutputAsync(string program, string? folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (folder is not null)
            start.WorkingDirectory = folder;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text : throw new ConcordException("failed", $"{program} failed.", "See above.");
    }

    private static double Middle(IEnumerable<double> values) =>
        values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static string Seconds(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Written(double Seconds, long Bytes, long PeakMegabytes);

    private sealed record Copied(double Jsonl, double Parquet, long JsonlBytes, long ParquetBytes);
}
