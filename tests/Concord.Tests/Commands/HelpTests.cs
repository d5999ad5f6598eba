using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("bench")]
    [InlineData("bench run")]
    [InlineData("bench list")]
    [InlineData("bench check")]
    [InlineData("grade")]
    [InlineData("submit")]
    [InlineData("check")]
    [InlineData("consensus")]
    [InlineData("queue")]
    [InlineData("agreement")]
    [InlineData("history")]
    [InlineData("diff")]
    [InlineData("compare")]
    [InlineData("import")]
    [InlineData("import vizhub")]
    [InlineData("export")]
    [InlineData("push")]
    [InlineData("push hf")]
    [InlineData("validate")]
    [InlineData("stats")]
    [InlineData("init")]
    [InlineData("challenge")]
    [InlineData("challenge add")]
    [InlineData("grader")]
    [InlineData("grader add")]
    [InlineData("render")]
    [InlineData("demo")]
    [InlineData("ci")]
    [InlineData("ci check")]
    [InlineData("ci comment")]
    [InlineData("ci publish")]
    [InlineData("ci release")]
    [InlineData("doctor")]
    [InlineData("merge-grades")]
    [InlineData("textconv")]
    [InlineData("")]
    public async Task The_help_of_a_command_is_as_committed(string command)
    {
        using var folder = new TempFolder();

        var result = await CommandLine.RunAsync(
            folder.Path,
            [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]
        );

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        // The program's name is the test runner's here.
        Golden.Equal(
            $"help/{(command.Length == 0 ? "concord" : command.Replace(' ', '-'))}.txt",
            result.Out.Replace("Concord.Tests", "concord", StringComparison.Ordinal)
        );
    }
}
