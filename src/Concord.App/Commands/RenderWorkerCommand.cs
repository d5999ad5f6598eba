using System.CommandLine;
using Concord.Pipeline.Rendering;

namespace Concord.App.Commands;

/// <summary>The hidden command that 'concord render' starts itself with: draws pages for the parent.</summary>
internal static class RenderWorkerCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(RenderWorker.Command, "Draws pages for 'concord render'.") { Hidden = true };
        command.SetAction(
            async (_, cancellation) =>
            {
                using var input = new StreamReader(terminal.Input);
                await RenderWorker.RunAsync(input, terminal.Out, cancellation);
                return ConcordCli.Done;
            }
        );
        return command;
    }
}
