using System.CommandLine;

namespace Concord.App.Commands;

internal static class BenchCommand
{
    public static Command Create(Terminal terminal) =>
        new("bench", "Run the benchmark: check the outputs that there are.") { BenchCheckCommand.Create(terminal) };
}
