using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Tests.Support;

namespace Concord.Tests.Git;

/// <summary>Both engines read the same commit.</summary>
public sealed class TreeTests
{
    private static readonly string[] Folders =
    [
        "grades",
        "benchmarks",
        "benchmarks/outputs",
        "consensus",
        "nowhere",
        "link-to-grades",
        "bench",
    ];

    [Fact]
    public async Task Both_engines_list_and_read_the_same()
    {
        using var repository = TestWorkspace.Create(commit: false);
        var large = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(large);
        repository.Write("grades/ünï çødé 数.csv", "é");
        repository.Write("grades/empty.csv", "");
        repository.Write("grades/crlf.csv", "a\r\nb\rc\n\0");
        repository.Write("grades/a\tb \"quoted\" \\.csv", "odd");
        repository.Write("grades/😀.csv", "emoji");
        repository.Write("grades/ﬀ.csv", "sorts apart in UTF-16 and UTF-8");
        repository.Write("benchmarks/outputs/bars/lab/one/files/large.bin", large);
        File.CreateSymbolicLink(repository["grades/link.csv"], "empty.csv");
        File.CreateSymbolicLink(repository["link-to-grades"], "grades");
        repository.Commit();

        using var trees = await TreesAsync(repository);

        var readFiles = 0;
        foreach (var folder in Folders)
        {
            var listing = trees.InProcess.List(folder);
            Assert.Equal(listing, trees.ByCommand.List(folder));
            foreach (var entry in listing)
            {
                Assert.Equal(trees.InProcess.Read(entry.Path), trees.ByCommand.Read(entry.Path));
                readFiles += entry.Kind == EntryKind.File ? 1 : 0;
                if (entry.Kind == EntryKind.File)
                    Assert.Equal(File.ReadAllBytes(repository[entry.Path]), trees.InProcess.Read(entry.Path));
            }
        }
        Assert.True(readFiles >= 12, $"{readFiles} files were read.");
        Assert.Contains(new TreeEntry("grades/link.csv", EntryKind.Link), trees.ByCommand.List("grades"));
        Assert.Equal("grades/😀.csv", trees.InProcess.List("grades")[^1].Path);
    }

    [Theory]
    [InlineData("grades/link.csv")]
    [InlineData("link-to-grades/empty.csv")]
    [InlineData("grades")]
    [InlineData("nothing")]
    public async Task No_engine_reads_a_link_or_a_folder(string path)
    {
        using var repository = new TestRepository();
        repository.Write("grades/empty.csv", "");
        File.CreateSymbolicLink(repository["grades/link.csv"], "empty.csv");
        File.CreateSymbolicLink(repository["link-to-grades"], "grades");
        repository.Commit();
        using var trees = await TreesAsync(repository);
        using var workTree = new WorkTree(repository.Path);

        foreach (var tree in new[] { trees.InProcess, trees.ByCommand, workTree })
        {
            Assert.Null(tree.Read(path));
            Assert.Equal(path.Contains("link", StringComparison.Ordinal), tree.LeadsThroughLink(path));
        }
    }

    [Fact]
    public async Task A_submodule_is_neither_file_nor_link()
    {
        using var repository = new TestRepository();
        repository.Write("grades/empty.csv", "");
        var commit = repository.Commit();
        repository.Git("update-index", "--add", "--cacheinfo", $"160000,{commit},grades/module");
        repository.GitAs("a", "a@concord.example", "commit", "-q", "-m", "module");
        using var trees = await TreesAsync(repository);

        Assert.Contains(new TreeEntry("grades/module", EntryKind.Other), trees.InProcess.List("grades"));
        Assert.Equal(trees.InProcess.List("grades"), trees.ByCommand.List("grades"));
        Assert.Null(trees.InProcess.Read("grades/module"));
        Assert.Null(trees.ByCommand.Read("grades/module"));
    }

    [Fact]
    public async Task Neither_engine_follows_replacements_of_objects()
    {
        using var repository = new TestRepository();
        repository.Write("grades/a.csv", "true");
        repository.Commit();
        repository.Write("grades/b.csv", "forged");
        repository.Git(
            "replace",
            repository.Git("hash-object", "grades/a.csv"),
            repository.Git("hash-object", "-w", "grades/b.csv")
        );
        using var trees = await TreesAsync(repository);

        Assert.Equal("true"u8.ToArray(), trees.InProcess.Read("grades/a.csv"));
        Assert.Equal("true"u8.ToArray(), trees.ByCommand.Read("grades/a.csv"));
    }

    [Fact]
    public async Task A_workspace_below_the_root_of_its_repository_has_paths_of_its_own()
    {
        using var repository = new TestRepository();
        repository.Write("deep [x]*/er/grades/a.csv", "a");
        repository.Write("grades/b.csv", "b");
        repository.Commit();
        using var trees = await TreesAsync(repository, "deep [x]*/er/");

        foreach (var tree in new[] { trees.InProcess, trees.ByCommand })
        {
            Assert.Equal(["grades/a.csv"], tree.List("grades").Select(e => e.Path));
            Assert.Equal("a"u8.ToArray(), tree.Read("grades/a.csv"));
        }
    }

    private static async Task<Trees> TreesAsync(TestRepository repository, string prefix = "")
    {
        Assert.SkipWhen(NativeGit.WhyNot is not null, "libgit2 is not here.");
        var head = repository.Git("rev-parse", "HEAD");
        var opened = await new GitRepository(repository.Path, prefix).OpenTreeAsync(
            head,
            _ => { },
            TestContext.Current.CancellationToken
        );
        Assert.IsType<CommitTree>(opened);
        return new(
            opened,
            await CommandTree.OpenAsync(new(repository.Path), head, prefix, TestContext.Current.CancellationToken)
        );
    }

    private sealed record Trees(FileTree InProcess, FileTree ByCommand) : IDisposable
    {
        public void Dispose()
        {
            InProcess.Dispose();
            ByCommand.Dispose();
        }
    }
}
