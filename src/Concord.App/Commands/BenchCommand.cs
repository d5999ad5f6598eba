using System.CommandLine;

namespace Concord.App.Commands;

internal static class BenchCommand
{
    public static Command Create(Terminal terminal) =>
        new("bench", "Run the benchmark: ask models for outputs, and check those that there are.")
        {
            BenchRunCommand.Create(terminal),
            BenchListCommand.Create(terminal),
            BenchCheckCommand.Create(terminal),
        };
}
