using System.CommandLine;

namespace Concord.App.Commands;

internal static class CiCommand
{
    public static Command Create(Terminal terminal) =>
        new("ci", "What workflows on GitHub call: judge pull requests.")
        {
            CiCheckCommand.Create(terminal),
            CiCommentCommand.Create(terminal),
        };
}
