using System.CommandLine;
using Concord.Pipeline.Git;
using Concord.Pipeline.Publishing;

namespace Concord.App.Commands;

internal static class CiReleaseCommand
{
    public static Command Create(Terminal terminal)
    {
        var tag = new Option<string?>("--tag")
        {
            Description = "The release's tag, made where it is not there; else one of the commit's day and id.",
            HelpName = "TAG",
        };
        var at = new Option<string>("--at")
        {
            Description = "The commit, which must be on the remote's default branch.",
            HelpName = "REF",
            DefaultValueFactory = _ => "HEAD",
        };
        var remote = new Option<string>("--remote")
        {
            Description = "Where to release.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "origin",
        };
        var asset = new Option<string[]>("--asset")
        {
            Description = "Further files of the release.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var folder = new Option<string?>("--out") { Description = "A folder to write the files into, too.", HelpName = "DIR" };
        var dry = new Option<bool>("--dry-run") { Description = "Tell what would be released, and make nothing." };
        var command = new Command(
            "release",
            "Make a tag and a GitHub release of a commit, with its grades and consensus as files. What is there is left as it is."
        )
        {
            tag,
            at,
            remote,
            asset,
            folder,
            dry,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false, json: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var repository = await GitRepository.FindAsync(options.Root(parsed), cancellation);
                var outcome = await new ReleaseRun(
                    repository,
                    new(
                        parsed.GetValue(remote)!,
                        parsed.GetValue(at)!,
                        parsed.GetValue(tag),
                        [.. (parsed.GetValue(asset) ?? []).Select(f => Path.GetFullPath(f, terminal.Folder))],
                        parsed.GetValue(folder) is { } named ? Path.GetFullPath(named, terminal.Folder) : null,
                        Push: !parsed.GetValue(dry),
                        ConcordCli.Version,
                        Environment.GetEnvironmentVariable,
                        terminal.Error.WriteLine
                    )
                ).RunAsync(cancellation);
                await terminal.Out.WriteLineAsync(Words(outcome));
                foreach (var file in outcome.Files)
                    await terminal.Out.WriteLineAsync(file);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static string Words(ReleaseOutcome outcome) =>
        outcome switch
        {
            { Page: null } => $"Would release {outcome.Tag} of {outcome.Commit[..7]}:",
            { IsNew: true } => $"Released {outcome.Tag} of {outcome.Commit[..7]}, {outcome.Page}:",
            { New: 0 } => $"The release {outcome.Tag} of {outcome.Commit[..7]} has all of this, {outcome.Page}:",
            _ => $"Added {outcome.New} to the release {outcome.Tag} of {outcome.Commit[..7]}, {outcome.Page}:",
        };
}
