using System.CommandLine;
using Concord.Core.Domain;

namespace Concord.App.Commands;

internal static class DemoCommand
{
    private const int MostDemos = 100;

    public static Command Create(Terminal terminal)
    {
        var dir = new Option<string?>("--dir")
        {
            Description = "The new folder; else ./concord-demo, or with a number where it exists.",
            HelpName = "DIR",
        };
        var noServe = new Option<bool>("--no-serve") { Description = "Do not open the grading page at the end." };
        var command = new Command("demo", "A sample workspace in a folder: rendered, checked, graded, aggregated, exported.")
        {
            dir,
            noServe,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var root = parsed.GetValue(dir) is { } named
                    ? Path.GetFullPath(named, terminal.Folder)
                    : FreeFolder(terminal.Folder);
                if (Path.Exists(root) && (File.Exists(root) || Directory.EnumerateFileSystemEntries(root).Any()))
                    throw new ConcordException("exists", "The folder is not empty.", "Name another with --dir.", root);
                await new DemoScript(terminal, root).RunAsync(!parsed.GetValue(noServe), cancellation);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static string FreeFolder(string folder) =>
        Enumerable
            .Range(1, MostDemos)
            .Select(n => Path.Combine(folder, n == 1 ? "concord-demo" : $"concord-demo-{n}"))
            .FirstOrDefault(path => !Path.Exists(path))
        ?? throw new ConcordException(
            "exists",
            "There are a hundred demos here.",
            "Remove some, or name a folder with --dir.",
            folder
        );
}
