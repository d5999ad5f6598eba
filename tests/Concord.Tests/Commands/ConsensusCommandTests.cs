using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class ConsensusCommandTests
{
    [Fact]
    public async Task The_median_of_two_graders_is_written()
    {
        using var repository = TestWorkspace.Create();
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,3"));

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal((0, ""), (result.ExitCode, result.Error.Contains("bug", StringComparison.Ordinal) ? result.Error : ""));
        Assert.Contains(
            $"bars,lab/one,{TestWorkspace.OutputId("<p>one</p>\n")},functionality,2,4.5,4.5,4.5,0.707107,4,5,,,,,\n",
            repository.Read("consensus/consensus.csv"),
            StringComparison.Ordinal
        );
    }
}
