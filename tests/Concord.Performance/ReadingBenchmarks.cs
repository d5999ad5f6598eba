using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using Concord.Tests.Statistics;

namespace Concord.Performance;

/// <summary>Reading tables and grade files that are in memory, and writing the summaries of items.</summary>
[InProcess]
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private const int GradeRows = 10_000;

    private static readonly Criterion[] Rubric =
    [
        new(
            CriterionId.Parse("quality"),
            "Quality",
            "",
            new(0, 5, 1, Core.Statistics.MeasurementLevel.Ordinal),
            1,
            new Dictionary<double, string>(),
            []
        ),
    ];

    private byte[] table = null!;
    private byte[] gradeFile = null!;
    private IReadOnlyList<RatingsTable> tables = null!;
    private string folder = null!;

    [GlobalSetup]
    public void Setup()
    {
        table = Encoding.UTF8.GetBytes(new SyntheticRatings(200_000).Csv());
        var rows = new StringBuilder("challenge,model,output,quality,status,notes,graded_at,seconds\n");
        for (var i = 0; i < GradeRows; i++)
            rows.Append(
                CultureInfo.InvariantCulture,
                $"c{i / 100:D3},lab/m{i % 100:D2},3fa9c1d20b7e,{i % 6},graded,,2026-01-05T09:00:00Z,30\n"
            );
        gradeFile = Encoding.UTF8.GetBytes(rows.ToString());
        tables = PlainTable();
        folder = Directory.CreateTempSubdirectory("concord-benchmark-").FullName;
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public IReadOnlyList<RatingsTable> PlainTable() => RatingsCsv.Read(TableBytes.Of(table), new("ratings.csv"));

    [Benchmark]
    public IReadOnlyList<RatingsTable> SameTableByCsvHelper() => RatingsCsv.ReadAny(table, new("ratings.csv"));

    [Benchmark]
    public void ItemsCsv() => ItemSummariesCsv.Write(Path.Combine(folder, "items.csv"), tables);

    [Benchmark]
    public int GradeFileOf10000Rows()
    {
        var problems = new ProblemList("grades/g-2026-01-05.csv");
        return GradeCsv.Read(gradeFile, GraderId.Parse("g"), new(2026, 1, 5), Rubric, problems).Grades.Count;
    }
}
