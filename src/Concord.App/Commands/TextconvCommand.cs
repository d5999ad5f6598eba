using System.CommandLine;
using Concord.Pipeline.Csv;

namespace Concord.App.Commands;

/// <summary>The filter by which <c>git diff</c> shows grades and consensus as sentences.</summary>
internal static class TextconvCommand
{
    public const string Name = "textconv";

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A file of grades/ or consensus/." };
        var command = new Command(Name, "Print a table's rows as sentences; 'git diff' calls it.") { file };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var bytes = await File.ReadAllBytesAsync(Path.GetFullPath(parsed.GetValue(file)!, terminal.Folder), cancellation);
                if (RowSentences.Of(bytes) is { } sentences)
                    foreach (var sentence in sentences)
                        await terminal.Out.WriteAsync(sentence + "\n");
                else
                    await terminal.Out.WriteAsync(System.Text.Encoding.UTF8.GetString(bytes));
                return ConcordCli.Done;
            }
        );
        return command;
    }
}
