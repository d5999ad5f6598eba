namespace Concord.Tests.Importing;

/// <summary>On the data of the real project, which a user's clone does not have.</summary>
public sealed class VizhubRealDataTests : IDisposable
{
    private readonly VizhubSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void Ninety_results_make_ninety_outputs_of_which_ten_are_graded()
    {
        var summary = _sample.Import(Vizhub());
        var stocks = summary.Outputs.Where(o => o.Key.Challenge.Value == "stockPriceChart").ToArray();
        var grades = Assert.Single(summary.Grades);

        Assert.Equal((90, 6, 90), (summary.ResultRows, summary.Challenges.Count, summary.Outputs.Count));
        Assert.Equal((82, 8), (summary.ChecksPassed, summary.ChecksFailed));
        Assert.Equal(15, stocks.Length);
        Assert.Equal(("grades/ej-fox-2025-06-03.csv", 10), (grades.Path, grades.Taken));
        Assert.Equal(5, summary.LeftOut.Count(l => l.Why == "It has no score."));
        var graded = _sample.Read(grades.Path).Trim().Split('\n').Skip(1).Select(l => l.Split(',')[2]).ToHashSet();
        Assert.Equal(10, stocks.Count(s => s.Id is { } id && graded.Contains(id.Value)));
        Assert.All(stocks.Where(s => s.Failure is null), s => Assert.True(_sample.Has($"{s.Key.Folder}/files/data.csv")));
        Assert.All(stocks.Where(s => s.Failure is null), s => Assert.True(_sample.Has($"{s.Key.Folder}/screenshot.png")));
        Assert.Contains("qwen/qwq-32b", _sample.Read("benchmarks/benchmark.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void All_replies_that_were_recorded_give_files()
    {
        var failed = _sample.Import(Vizhub()).Outputs.Where(o => o.Failure is not null);

        Assert.Equal(
            ["square by meta-llama/llama-3.2-1b-instruct: no reply was recorded"],
            failed.Select(o => $"{o.Key}: {o.Failure}")
        );
    }

    [Fact]
    public void Importing_the_real_data_twice_changes_nothing()
    {
        var source = Vizhub();
        _sample.Import(source);
        var before = _sample.Snapshot();

        Assert.True(_sample.Import(source).Files.NothingChanged);
        Assert.Equal(before, _sample.Snapshot());
    }

    private static string Vizhub()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "eval.sln")))
            folder = folder.Parent;
        var vizhub = folder is null ? "" : Path.GetFullPath(Path.Combine(folder.FullName, "../shared/reference/vizhub"));
        Assert.SkipUnless(Directory.Exists(vizhub), $"vizhub's data is not here; it would be in '{vizhub}'.");
        return vizhub;
    }
}
