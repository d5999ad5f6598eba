using System.CommandLine;

namespace Concord.App.Commands;

internal static class CiCommand
{
    public static Command Create(Terminal terminal) =>
        new("ci", "What workflows call: judge pull requests, publish the consensus, make releases.")
        {
            CiCheckCommand.Create(terminal),
            CiCommentCommand.Create(terminal),
            CiPublishCommand.Create(terminal),
            CiReleaseCommand.Create(terminal),
        };
}
