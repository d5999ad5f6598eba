using Concord.Tests.Support;

namespace Concord.Tests.Aggregating;

/// <summary>
/// The consensus of the generated workspace, pinned: how grades are read and held must not move a number. Whoever adds
/// or changes a number makes the sums anew, and says so.
/// </summary>
public sealed class GeneratedConsensusTests
{
    [Fact]
    public async Task Every_number_of_the_generated_workspace_is_what_it_was()
    {
        using var repository = new TestRepository();
        GeneratedWorkspace.Write(repository);

        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "consensus", "--write")).ExitCode);

        Golden.Equal("generated-consensus.sha256.txt", GeneratedWorkspace.Sums(repository.Path));
    }

    [Fact]
    public async Task The_cache_changes_no_byte_of_the_consensus()
    {
        using var repository = new TestRepository();
        GeneratedWorkspace.Write(repository);

        foreach (var _ in new[] { "parsed", "cached" })
            Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "consensus", "--write")).ExitCode);
        var written = Directory.GetFiles(repository["consensus"]).ToDictionary(f => f, File.ReadAllBytes);
        Directory.Delete(repository[".git/concord"], recursive: true);
        var again = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal("consensus/ was up to date; nothing changed.\n", again.Error);
        Assert.All(written, f => Assert.Equal(f.Value, File.ReadAllBytes(f.Key)));
    }
}
