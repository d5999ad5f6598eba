using Concord.Pipeline.Git;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

/// <summary>A symbolic link may lead out of the workspace: it is never followed, and always told.</summary>
public sealed class LinkTests
{
    private const string Output = "benchmarks/outputs/bars/lab/one";

    [Theory]
    [InlineData($"{Output}/files/data.csv", $"{Output}/files/data.csv")]
    [InlineData($"{Output}/files/more", $"{Output}/files/more")]
    [InlineData($"{Output}/response.md", $"{Output}/response.md")]
    [InlineData("benchmarks/challenges/bars/files", "benchmarks/challenges/bars/files")]
    [InlineData("benchmarks/challenges/bars/guidelines.md", "benchmarks/challenges/bars/guidelines.md")]
    [InlineData("grades/ada-2026-11-02.csv", "grades/ada-2026-11-02.csv")]
    [InlineData("grades/sub", "grades/sub")]
    [InlineData("grades", "grades")]
    public void A_link_is_an_error(string link, string path)
    {
        using var outside = Outside();
        var reading = Reading.Of(f => Link(f, link, outside));

        Assert.Contains(("link", path), reading.Errors.Select(e => (e.Rule, e.Path)));
    }

    [Theory]
    [InlineData("benchmarks/outputs")]
    [InlineData("benchmarks/challenges")]
    [InlineData("benchmarks/graders.yaml")]
    [InlineData("benchmarks/benchmark.yaml")]
    [InlineData(Output)]
    [InlineData($"{Output}/output.json")]
    public void A_link_in_the_place_of_something_real_is_an_error(string path)
    {
        using var outside = Outside();
        var reading = Reading.Of(f =>
        {
            Remove(f[path]);
            Link(f, path, outside);
        });

        Assert.Contains(reading.Errors, e => e.Path == path || path.StartsWith(e.Path, StringComparison.Ordinal));
        Assert.DoesNotContain(reading.Workspace?.Outputs ?? [], o => o.Files.Contains("secret.txt"));
    }

    [Fact]
    public async Task A_link_in_a_commit_is_an_error()
    {
        using var outside = Outside();
        using var repository = TestWorkspace.Create(commit: false);
        Link(repository, $"{Output}/files/data.csv", outside);
        Link(repository, "grades", outside);
        var commit = repository.Commit();
        var cancellation = TestContext.Current.CancellationToken;
        var git = await GitRepository.FindAsync(repository.Path, cancellation);
        using var tree = await git.OpenTreeAsync(commit, _ => { }, cancellation);

        Assert.Equal(
            [("link", $"{Output}/files/data.csv"), ("link", "grades")],
            WorkspaceReader.Read(tree).Errors.Select(e => (e.Rule, e.Path))
        );
    }

    [Fact]
    public async Task Nothing_is_written_through_a_consensus_folder_that_is_a_link()
    {
        using var outside = Outside();
        using var repository = TestWorkspace.Create();
        Link(repository, "consensus", outside);

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("link", result.Error, StringComparison.Ordinal);
        Assert.Equal(["secret.txt"], Directory.GetFileSystemEntries(outside.Path).Select(Path.GetFileName));
    }

    private static TempFolder Outside()
    {
        var folder = new TempFolder();
        folder.Write("secret.txt", "secret");
        return folder;
    }

    private static void Link(TempFolder folder, string path, TempFolder target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        if (Path.HasExtension(path))
            File.CreateSymbolicLink(folder[path], target["secret.txt"]);
        else
            Directory.CreateSymbolicLink(folder[path], target.Path);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
