using System.Globalization;
using System.Text.Json.Nodes;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Statistics;
using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

/// <summary>The last fits of rater models: a later fit starts from them and is quicker, and nothing that is committed depends on them.</summary>
public sealed class FitCacheTests
{
    private const int Graders = 8;
    private const int Outputs = 40;
    private const int New = 5;

    public static TheoryData<string> Models => ["ds-shrunken", "one-coin", "mace"];

    [Theory]
    [MemberData(nameof(Models))]
    public void After_one_new_file_a_warm_fit_needs_fewer_iterations_and_says_the_same(string model)
    {
        using var repository = Graded(model);
        Save(repository, Tables(repository));
        Grade(repository, Graders - 1, day: 3);

        var (cold, warm) = (Tables(repository), Tables(repository, Fits(repository)));

        Assert.All(cold.RaterModels, m => Assert.Equal((false, true), (m.IsWarm, m.Converged)));
        Assert.All(warm.RaterModels, m => Assert.Equal((true, true), (m.IsWarm, m.Converged)));
        Assert.True(warm.RaterModels.Sum(m => m.Iterations) < cold.RaterModels.Sum(m => m.Iterations));
        Assert.NotEmpty(cold.Consensus);
        foreach (var (one, other) in cold.Consensus.Zip(warm.Consensus))
        {
            Assert.Equal((one.Key, one.Criterion, one.Median, one.Mean), (other.Key, other.Criterion, other.Median, other.Mean));
            Close(one.Consensus, other.Consensus);
            Close(one.ExpectedLoss, other.ExpectedLoss);
            Close(one.InformationGain, other.InformationGain);
            Assert.Equal(one.Flags, other.Flags);
        }
        foreach (var (one, other) in cold.Graders.Zip(warm.Graders))
            Close(one.Weight, other.Weight);
    }

    [Fact]
    public async Task The_command_starts_cold_and_then_from_its_last_fit()
    {
        using var repository = Graded();

        Assert.Equal(["cold", "cold"], await Starts(repository));
        Assert.Equal(["warm", "warm"], await Starts(repository));
        Assert.Equal(["cold", "cold"], await Starts(repository, "--method", "mace"));
        Assert.Equal(["warm", "warm"], await Starts(repository, "--method", "mace"));
        Directory.Delete(repository[".git/concord"], recursive: true);
        Assert.Equal(["cold", "cold"], await Starts(repository));
    }

    [Fact]
    public async Task Plain_Dawid_Skene_starts_cold_for_it_may_end_elsewhere()
    {
        using var repository = Graded("ds");

        Assert.Equal(["cold", "cold"], await Starts(repository));
        Assert.Equal(["cold", "cold"], await Starts(repository));
        Assert.Empty(Fits(repository));
    }

    [Fact]
    public async Task Verbose_says_how_a_fit_started()
    {
        using var repository = Graded();

        var first = await CommandLine.RunAsync(repository.Path, "consensus", "--verbose");
        var second = await CommandLine.RunAsync(repository.Path, "consensus", "--verbose");

        Assert.Matches("Rater model of functionality: ds-shrunken, [0-9]+ iterations, started cold\\.\n", first.Error);
        Assert.Matches(
            "Rater model of functionality: ds-shrunken, [0-9]+ iterations, started warm, from the last fit\\.\n",
            second.Error
        );
        Assert.Equal("", (await CommandLine.RunAsync(repository.Path, "consensus")).Error);
    }

    [Theory]
    [MemberData(nameof(Models))]
    [InlineData("ds")]
    public async Task What_is_written_has_the_same_bytes_whatever_fit_lies_there(string model)
    {
        using var repository = Graded(model);
        Grade(repository, Graders - 1, day: 3);
        var cold = await Written(repository);
        Directory.Delete(repository[".git/concord"], recursive: true);
        Directory.Delete(repository["consensus"], recursive: true);

        // A fit of other grades, far from these: the graders' scores turned upside down.
        var grades = Directory.GetFiles(repository["grades"]).ToDictionary(f => f, File.ReadAllText);
        for (var grader = 0; grader < Graders; grader++)
            Grade(repository, grader, upsideDown: true);
        Save(repository, Tables(repository));
        foreach (var (file, text) in grades)
            File.WriteAllText(file, text);

        Assert.Equal(model == "ds" ? 0 : 2, Fits(repository).Count);
        Assert.Equal(cold, await Written(repository));
        // The fit that writing left is the cold one; checking does not start from it either.
        var check = await CommandLine.RunAsync(repository.Path, "check");
        Assert.DoesNotContain("consensus-edited", check.Out, StringComparison.Ordinal);
        var start = model == "ds" ? "cold" : "warm";
        Assert.Equal([start, start], await Starts(repository));
        Assert.Equal(cold, await Written(repository));
    }

    [Fact]
    public void Damage_anywhere_or_a_file_cut_short_is_no_fit()
    {
        using var repository = Graded();
        Save(repository, Tables(repository));
        var file = Files(repository)[0];
        var whole = File.ReadAllBytes(file);

        for (var at = 0; at < whole.Length; at += 97)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x41;
            File.WriteAllBytes(file, damaged);
            Assert.Single(Fits(repository));
            File.WriteAllBytes(file, whole[..at]);
            Assert.Single(Fits(repository));
        }
        File.WriteAllBytes(file, whole);
        Assert.Equal(2, Fits(repository).Count);
    }

    [Fact]
    public void A_file_of_another_criterion_or_workspace_is_no_fit()
    {
        using var repository = Graded();
        Save(repository, Tables(repository));

        Assert.Empty(new FitCache(repository[".git"], "sub/").Read(Rubric(repository)));
        var files = Files(repository);
        File.Copy(files[0], files[1], overwrite: true);
        Assert.Single(Fits(repository));
    }

    [Fact]
    public void A_fit_with_other_classes_is_no_start()
    {
        using var repository = Graded();
        Save(repository, Tables(repository));
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository.Read("benchmarks/benchmark.yaml").Replace("max: 5", "max: 6", StringComparison.Ordinal)
        );
        repository.Write("grades/zoe-2026-11-02.csv", TestWorkspace.Header + Row(0, "6,6"));

        Assert.Equal(2, Fits(repository).Count);
        Assert.All(Tables(repository, Fits(repository)).RaterModels, m => Assert.False(m.IsWarm));
    }

    [Theory]
    [InlineData("concord")]
    [InlineData("concord/fits")]
    public void A_link_in_its_place_is_not_followed(string place)
    {
        using var repository = Graded();
        using var elsewhere = new TempFolder();
        if (place != "concord")
            Directory.CreateDirectory(repository[".git/concord"]);
        Directory.CreateSymbolicLink(repository[$".git/{place}"], elsewhere.Path);

        Save(repository, Tables(repository));

        Assert.Empty(Fits(repository));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public void A_fit_that_anybody_can_write_to_or_that_is_a_link_is_not_trusted()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions.");
            return;
        }
        using var repository = Graded();
        using var elsewhere = new TempFolder();
        Save(repository, Tables(repository));
        var files = Files(repository);
        File.SetUnixFileMode(files[0], (UnixFileMode)0b110_110_110);
        Assert.Single(Fits(repository));
        File.Move(files[1], elsewhere["fit"]);
        File.CreateSymbolicLink(files[1], elsewhere["fit"]);
        Assert.Empty(Fits(repository));

        Save(repository, Tables(repository));
        Assert.Equal(2, Fits(repository).Count);
        Assert.Equal("fit", Path.GetFileName(Assert.Single(Directory.GetFiles(elsewhere.Path))));
        File.SetUnixFileMode(repository[".git/concord/fits"], (UnixFileMode)0b111_111_111);
        Assert.Empty(Fits(repository));
    }

    [Fact]
    public async Task A_repository_that_cannot_be_written_to_is_computed_all_the_same()
    {
        using var repository = Graded();
        repository.Write(".git/concord/fits", "");

        Assert.Equal(["cold", "cold"], await Starts(repository));
        Assert.Equal(["cold", "cold"], await Starts(repository));
    }

    [Fact]
    public void It_stays_within_its_bound()
    {
        using var repository = Graded();
        var starts = Tables(repository).Starts;
        Save(repository, Tables(repository));
        var largest = Files(repository).Max(f => new FileInfo(f).Length);

        new FitCache(repository[".git"]) { Bound = largest }.Save(starts);
        Assert.Single(Files(repository));
        new FitCache(repository[".git"]) { Bound = 100 }.Save(starts);
        Assert.Empty(Files(repository));
    }

    [Fact]
    public async Task Runs_at_the_same_time_leave_one_whole_fit()
    {
        using var repository = Graded();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => ConcordProcess.RunAsync(repository.Path, "consensus", "--json"))
        );

        Assert.All(results, r => Assert.Equal((0, ""), (r.ExitCode, r.Error)));
        Assert.Equal(2, Fits(repository).Count);
        Assert.Equal(Files(repository), Directory.GetFiles(repository[".git/concord/fits"]).Order(StringComparer.Ordinal));
    }

    private static TestRepository Graded(string model = "ds-shrunken")
    {
        var repository = TestWorkspace.Create(commit: false);
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark + $"\nconsensus: {{rater_model: {model}, bootstrap: 0}}\n"
        );
        for (var output = 0; output < Outputs; output++)
            TestWorkspace.AddOutput(repository, "bars", Model(output), Html(output));
        for (var grader = 0; grader < Graders; grader++)
            Grade(repository, grader);
        repository.Commit();
        return repository;
    }

    // The last grader has not graded the first outputs on the first day.
    private static void Grade(TestRepository repository, int grader, bool upsideDown = false, int day = 2)
    {
        var outputs =
            day > 2 ? Enumerable.Range(0, New)
            : grader == Graders - 1 ? Enumerable.Range(New, Outputs - New)
            : Enumerable.Range(0, Outputs);
        var functionality = new SyntheticRatings(Outputs, Raters: 20, Seed: 1);
        var aesthetics = functionality with { Seed = 2 };
        string Score(SyntheticRatings ratings, int output) =>
            (upsideDown ? 5 - ratings.GradeOf(output, grader) : ratings.GradeOf(output, grader)).ToString(
                CultureInfo.InvariantCulture
            );
        repository.Write(
            $"grades/g{grader}-2026-11-0{day}.csv",
            TestWorkspace.Header + string.Concat(outputs.Select(o => Row(o, $"{Score(functionality, o)},{Score(aesthetics, o)}")))
        );
    }

    private static string Row(int output, string scores) =>
        $"bars,{Model(output)},{TestWorkspace.OutputId(Html(output))},{scores},graded,,2026-11-02T09:00:00Z,30\n";

    private static string Model(int output) => $"lab/m-{output:00}";

    private static string Html(int output) => $"<p>{output}</p>\n";

    private static Workspace Workspace(TestRepository repository)
    {
        using var tree = new WorkTree(repository.Path);
        return WorkspaceReader.Read(tree).OrThrow();
    }

    private static IReadOnlyList<Criterion> Rubric(TestRepository repository) => Workspace(repository).Benchmark.Criteria;

    private static ConsensusTables Tables(
        TestRepository repository,
        IReadOnlyDictionary<CriterionId, Core.Statistics.RaterModels.RaterModelStart>? earlier = null
    ) => ConsensusTables.Of(Workspace(repository), earlier: earlier);

    private static void Save(TestRepository repository, ConsensusTables tables) =>
        new FitCache(repository[".git"]).Save(tables.Starts);

    private static IReadOnlyDictionary<CriterionId, Core.Statistics.RaterModels.RaterModelStart> Fits(
        TestRepository repository
    ) => new FitCache(repository[".git"]).Read(Rubric(repository));

    private static string[] Files(TestRepository repository) =>
        [.. Directory.GetFiles(repository[".git/concord/fits"], "*.fit").Order(StringComparer.Ordinal)];

    private static async Task<string[]> Starts(TestRepository repository, params string[] options)
    {
        var result = await CommandLine.RunAsync(repository.Path, ["consensus", "--json", .. options]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return [.. JsonNode.Parse(result.Out)!["rater_models"]!.AsArray().Select(m => (string)m!["start"]!)];
    }

    private static async Task<string> Written(TestRepository repository)
    {
        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        Assert.Equal(0, result.ExitCode);
        return string.Concat(
            Directory
                .GetFiles(repository["consensus"])
                .Order(StringComparer.Ordinal)
                .Select(f => $"{Path.GetFileName(f)}\n{File.ReadAllText(f)}")
        );
    }

    private static void Close(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } e)
            Assert.Equal(e, actual!.Value, 1e-4);
    }
}
