using System.CommandLine;

namespace Concord.App.Commands;

internal static class PushCommand
{
    public static Command Create(Terminal terminal) =>
        new("push", "Datasets to where others find them.") { PushHfCommand.Create(terminal) };
}
