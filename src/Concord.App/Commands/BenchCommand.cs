using System.CommandLine;

namespace Concord.App.Commands;

internal static class BenchCommand
{
    public static Command Create(Terminal terminal) =>
        new("bench", "Ask models for outputs.") { BenchRunCommand.Create(terminal), BenchListCommand.Create(terminal) };
}
