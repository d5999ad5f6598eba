using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

/// <summary>The cache of parsed grade files: each content is parsed once, and nothing that befalls the cache is noticed but time.</summary>
public sealed class GradeCacheTests
{
    private const int Files = 5;

    [Fact]
    public void A_file_is_parsed_once_and_a_new_one_alone_afterwards()
    {
        using var repository = Graded();

        Assert.Equal(new(Files, 0), Read(repository));
        Assert.Equal(new(0, Files), Read(repository));
        Grade(repository, "zoe", 5);
        Assert.Equal(new(1, Files), Read(repository));
        Assert.Equal(new(0, Files + 1), Read(repository));
    }

    [Fact]
    public void A_changed_file_is_parsed_and_the_old_contents_are_still_known()
    {
        using var repository = Graded();
        Read(repository);
        var before = repository.Read("grades/g0-2026-11-02.csv");

        Grade(repository, "g0", 5);
        Assert.Equal(new(1, Files - 1), Read(repository));
        repository.Write("grades/g0-2026-11-02.csv", before);
        Assert.Equal(new(0, Files), Read(repository));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    public void What_git_gives_under_a_wrong_name_is_read_and_not_kept(int digits)
    {
        using var repository = Graded();
        var cache = new GradeCache(repository[".git"]);
        using var damaged = new Misnamed(new(repository.Path), new('0', digits));

        Assert.Equal(new(Files, 0), WorkspaceReader.Read(damaged, cache).GradeFiles);

        Assert.Equal(new(Files, 0), WorkspaceReader.Read(damaged, cache).GradeFiles);
        Assert.False(Directory.Exists(repository[".git/concord"]));
    }

    /// <summary>A tree whose grade files git knows by another name, as after damage to an object.</summary>
    private sealed class Misnamed(WorkTree tree, string name) : FileTree
    {
        public override string Name => "a damaged tree";

        public override byte[]? Read(string path) => tree.Read(path);

        public override string? BlobId(string path) => name;

        public override bool LeadsThroughLink(string path) => tree.LeadsThroughLink(path);

        protected override IEnumerable<TreeEntry> Entries(string folder) => tree.List(folder);
    }

    [Fact]
    public void Equal_contents_under_two_names_are_one_entry()
    {
        using var repository = Graded();
        Read(repository);

        File.Copy(repository["grades/g0-2026-11-02.csv"], repository["grades/ada-2026-11-09.csv"]);

        Assert.Equal(new(0, Files + 1), Read(repository));
    }

    [Theory]
    [InlineData("max: 5, step: 1", "max: 6, step: 1", Files)]
    [InlineData("max: 5, step: 1", "max: 5, step: 0.5", Files)]
    [InlineData("id: functionality", "id: purpose\n    renamed_from: [functionality]", Files)]
    [InlineData("title: Test benchmark", "title: Other", 0)]
    [InlineData("weight: 0.4", "weight: 0.5", 0)]
    public void Another_rubric_reads_files_anew_where_it_may_read_them_otherwise(string old, string now, int parsed)
    {
        using var repository = Graded();
        Read(repository);

        repository.Write(
            "benchmarks/benchmark.yaml",
            repository.Read("benchmarks/benchmark.yaml").Replace(old, now, StringComparison.Ordinal)
        );

        Assert.Equal(new(parsed, Files - parsed), Read(repository));
        Assert.Equal(new(0, Files), Read(repository));
    }

    [Fact]
    public void A_file_in_error_is_reported_every_time()
    {
        using var repository = Graded();
        repository.Write("grades/bad-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "9,9"));

        var (first, second) = (Reading(repository), Reading(repository));

        Assert.NotEmpty(first.Errors);
        Assert.Equal(first.Problems, second.Problems);
        Assert.Equal(new(1, Files), second.GradeFiles);
    }

    [Fact]
    public void Damage_anywhere_costs_a_parse_and_changes_nothing()
    {
        using var repository = Graded();
        var expected = Digest(repository);
        var pack = Assert.Single(Packs(repository));
        var whole = File.ReadAllBytes(pack);
        for (var at = 0; at < whole.Length; at += 7)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x41;
            File.WriteAllBytes(pack, damaged);

            var reading = Reading(repository);

            Assert.Equal(expected, Digest(reading));
            Assert.True(reading.GradeFiles.Parsed > 0, $"The damage at byte {at} was not seen.");
            Assert.Equal(new(0, Files), Read(repository));
            foreach (var file in Packs(repository))
                File.Delete(file);
        }
    }

    [Fact]
    public void A_pack_cut_short_anywhere_is_parsed_again()
    {
        using var repository = Graded();
        var expected = Digest(repository);
        var pack = Assert.Single(Packs(repository));
        var whole = File.ReadAllBytes(pack);
        for (var length = 0; length < whole.Length; length += 13)
        {
            File.WriteAllBytes(pack, whole[..length]);

            Assert.Equal(expected, Digest(repository));
            foreach (var file in Packs(repository))
                File.Delete(file);
        }
    }

    [Fact]
    public void A_pack_of_another_version_is_replaced()
    {
        using var repository = Graded();
        Read(repository);
        var pack = Assert.Single(Packs(repository));
        var bytes = File.ReadAllBytes(pack);
        bytes["concord grades ".Length]++;
        File.WriteAllBytes(pack, bytes);

        Assert.Equal(new(Files, 0), Read(repository));
        Assert.Equal(new(0, Files), Read(repository));
        Assert.Single(Packs(repository));
    }

    [Fact]
    public void It_may_be_deleted_at_any_time()
    {
        using var repository = Graded();
        var expected = Digest(repository);

        Directory.Delete(repository[".git/concord"], recursive: true);

        Assert.Equal(expected, Digest(repository));
        Assert.Equal(new(0, Files), Read(repository));
    }

    [Theory]
    [InlineData("concord")]
    [InlineData("concord/grades")]
    public void A_link_in_its_place_is_not_followed(string place)
    {
        using var repository = Graded();
        using var elsewhere = new TempFolder();
        Directory.CreateDirectory(repository[".git/concord"]);
        if (place == "concord")
            Directory.Delete(repository[".git/concord"]);
        Directory.CreateSymbolicLink(repository[$".git/{place}"], elsewhere.Path);

        Assert.Equal(new(Files, 0), Read(repository));
        Assert.Equal(new(Files, 0), Read(repository));
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public void A_pack_that_is_a_link_is_not_followed()
    {
        using var repository = Graded();
        using var elsewhere = new TempFolder();
        Read(repository);
        var pack = Assert.Single(Packs(repository));
        File.Move(pack, elsewhere["pack"]);
        File.CreateSymbolicLink(pack, elsewhere["pack"]);

        Assert.Equal(new(Files, 0), Read(repository));
        Assert.True(File.Exists(elsewhere["pack"]));
    }

    [Fact]
    public void What_anybody_can_write_to_is_not_trusted()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions.");
            return;
        }
        using var repository = Graded();
        Read(repository);
        File.SetUnixFileMode(Assert.Single(Packs(repository)), (UnixFileMode)0b110_110_110);
        Assert.Equal(new(Files, 0), Read(repository));

        File.SetUnixFileMode(repository[".git/concord/grades"], (UnixFileMode)0b111_111_111);
        Assert.Equal(new(Files, 0), Read(repository));
    }

    [Fact]
    public void A_repository_that_cannot_be_written_to_is_read_all_the_same()
    {
        using var repository = Graded();
        // A file where the folder should be: permissions do not keep a superuser out.
        repository.Write(".git/concord", "");

        Assert.Equal(new(Files, 0), Read(repository));
        Assert.Equal(new(Files, 0), Read(repository));
    }

    [Fact]
    public void Many_packs_become_one_with_what_is_in_use()
    {
        using var repository = Graded();
        for (var i = 0; i < 30; i++)
        {
            Grade(repository, "daily", i % 6, day: 1 + i % 28);
            Assert.InRange(Read(repository).Parsed, i == 0 ? 1 : 0, i == 0 ? Files + 1 : 1);
            Assert.InRange(Packs(repository).Length, 1, 8);
        }

        Assert.Equal(0, Read(repository).Parsed);
    }

    [Fact]
    public void It_stays_within_its_bound()
    {
        using var repository = Graded();
        using var tree = new WorkTree(repository.Path);
        var cache = new GradeCache(repository[".git"]) { Bound = 900 };

        for (var i = 0; i < 6; i++)
        {
            Grade(repository, "daily", i);
            Assert.Empty(WorkspaceReader.Read(tree, cache).Errors);
            Assert.InRange(Packs(repository).Sum(p => new FileInfo(p).Length), 0, 900);
        }
    }

    [Fact]
    public void What_an_interruption_left_goes_with_the_next_writing()
    {
        using var repository = Graded();
        repository.Write($".git/concord/grades/{AtomicFile.TemporaryPrefix}999999999-x", "half");

        Read(repository);

        Assert.Equal(Packs(repository), Directory.GetFiles(repository[".git/concord/grades"]));
    }

    [Fact]
    public async Task A_commit_is_read_from_the_same_cache()
    {
        using var repository = Graded();
        var expected = Digest(repository);
        var commit = repository.Commit();
        foreach (var file in Directory.GetFiles(repository["grades"]))
            File.Delete(file);
        var cancellation = TestContext.Current.CancellationToken;
        var git = await GitRepository.FindAsync(repository.Path, cancellation);
        using var tree = await git.OpenTreeAsync(commit, _ => { }, cancellation);
        using var slow = await CommandTree.OpenAsync(git.Git, commit, "", cancellation);

        foreach (var each in new[] { tree, slow })
        {
            var reading = WorkspaceReader.Read(each, new(git.CommonFolder));
            Assert.Equal((new GradeFileCounts(0, Files), expected), (reading.GradeFiles, Digest(reading)));
        }
    }

    [Fact]
    public async Task A_repository_of_long_ids_has_a_cache_too()
    {
        using var repository = new TempFolder();
        var made = await ProcessRun.RunAsync(
            repository.Path,
            new Dictionary<string, string>(),
            "git",
            "init",
            "-q",
            "--object-format=sha256"
        );
        Assert.SkipWhen(made.ExitCode != 0, "This git knows no sha256 repositories.");
        using (var sample = Graded())
            foreach (var file in Directory.GetFiles(sample.Path, "*", SearchOption.AllDirectories))
                if (Path.GetRelativePath(sample.Path, file) is var path && !path.StartsWith(".git", StringComparison.Ordinal))
                    repository.Write(path, File.ReadAllBytes(file));
        var environment = new Dictionary<string, string> { ["GIT_CONFIG_GLOBAL"] = "/dev/null" };
        await ProcessRun.RunAsync(repository.Path, environment, "git", "add", "-A");
        await ProcessRun.RunAsync(
            repository.Path,
            environment,
            "git",
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
            "commit",
            "-qm",
            "x"
        );

        foreach (var at in new[] { Array.Empty<string>(), ["--at", "HEAD"] })
        foreach (var told in new[] { $"{Files} parsed, 0", $"0 parsed, {Files}" })
        {
            var result = await CommandLine.RunAsync(repository.Path, ["consensus", "--verbose", .. at]);
            Assert.Contains($"Grade files: {told} from the cache.", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_linked_work_tree_shares_the_cache_of_its_repository()
    {
        using var repository = Graded();
        using var other = new TempFolder();
        repository.Commit();
        Read(repository);
        repository.Git("worktree", "add", "-q", "--detach", other["w"]);

        var result = await CommandLine.RunAsync(other["w"], "consensus", "--verbose");

        Assert.Contains($"0 parsed, {Files} from the cache.", result.Error, StringComparison.Ordinal);
        repository.Git("worktree", "remove", "--force", other["w"]);
    }

    [Fact]
    public async Task Runs_at_the_same_time_do_not_disturb_each_other()
    {
        using var repository = Graded();
        var expected = (await CommandLine.RunAsync(repository.Path, "consensus", "--json")).Out;
        Directory.Delete(repository[".git/concord"], recursive: true);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ConcordProcess.RunAsync(repository.Path, "consensus", "--json"))
        );

        Assert.All(results, r => Assert.Equal((0, expected, ""), (r.ExitCode, r.Out, r.Error)));
        Assert.Equal(new(0, Files), Read(repository));
    }

    private static TestRepository Graded()
    {
        var repository = TestWorkspace.Create();
        for (var i = 0; i < Files; i++)
            Grade(repository, $"g{i}", i);
        return repository;
    }

    private static void Grade(TestRepository repository, string grader, int score, int day = 2) =>
        repository.Write(
            $"grades/{grader}-2026-11-{day:00}.csv",
            TestWorkspace.Header
                + TestWorkspace.Row("lab/one", $"{score % 6},3", notes: score == 1 ? "\"a, b\"" : "")
                + TestWorkspace.Row("lab/two", $",{score % 6}", "flagged", $"note {score}")
        );

    private static WorkspaceReading Reading(TestRepository repository)
    {
        using var tree = new WorkTree(repository.Path);
        return WorkspaceReader.Read(tree, new GradeCache(repository[".git"]));
    }

    private static GradeFileCounts Read(TestRepository repository) => Reading(repository).GradeFiles;

    private static string Digest(TestRepository repository) => Digest(Reading(repository));

    // Of the rows as they are, and of what is computed from them.
    private static string Digest(WorkspaceReading reading) =>
        string.Join(
            '\n',
            reading
                .OrThrow()
                .Sheets.SelectMany(s => s.Grades.Select((g, i) => $"{s.FileName}:{s.Grades.LineOf(i)} {Csv.GradeFiles.Text(g)}"))
        ) + ConsensusTables.Of(reading.Workspace!).InputsDigest;

    private static string[] Packs(TestRepository repository) => Directory.GetFiles(repository[".git/concord/grades"], "*.pack");
}
