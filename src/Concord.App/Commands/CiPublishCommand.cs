using System.CommandLine;
using Concord.Pipeline.Git;
using Concord.Pipeline.Publishing;

namespace Concord.App.Commands;

internal static class CiPublishCommand
{
    public static Command Create(Terminal terminal)
    {
        var branch = new Option<string?>("--branch")
        {
            Description = "The branch; else the remote's default.",
            HelpName = "BRANCH",
        };
        var remote = new Option<string>("--remote")
        {
            Description = "Where to publish.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "origin",
        };
        var author = new Option<string?>("--author")
        {
            Description =
                "Who commits, as 'Name <address>'; else in GitHub Actions its bot, elsewhere whoever git is configured for.",
            HelpName = "AUTHOR",
        };
        var push = new Option<bool>("--push")
        {
            Description = "Push outside of GitHub Actions too; without it, it is only told there what would change.",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Tell what would change, and push nothing." };
        var command = new Command(
            "publish",
            "Commit the consensus of a remote's branch onto it, where it is not up to date. The files here as they lie take no part."
        )
        {
            branch,
            remote,
            author,
            push,
            dry,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false, json: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var isWorkflow = Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true";
                var by =
                    parsed.GetValue(author) is { } named ? CommitAuthor.Parse(named)
                    : isWorkflow ? CommitAuthor.Parse(CommitAuthor.Bot)
                    : null;
                var pushes = (isWorkflow || parsed.GetValue(push)) && !parsed.GetValue(dry);
                var repository = await GitRepository.FindAsync(options.Root(parsed), cancellation);
                var publisher = new ConsensusPublisher(
                    repository,
                    parsed.GetValue(remote)!,
                    by,
                    TimeProvider.System,
                    terminal.Error.WriteLine
                );
                var published = await publisher.RunAsync(parsed.GetValue(branch), pushes, cancellation);
                await terminal.Out.WriteLineAsync(Words(published));
                if (!pushes && !parsed.GetValue(dry) && published.Changed.Count > 0)
                    await terminal.Error.WriteLineAsync(
                        "Nothing was pushed: outside of a workflow that takes --push, and is committed in your name."
                    );
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static string Words(Publication published)
    {
        var of = $"of the grades at {published.Source[..7]}";
        var files = string.Join(", ", published.Changed.Select(Path.GetFileName));
        return published switch
        {
            { Changed.Count: 0, Grades: 0 } => $"On {published.Branch} is no grade yet; nothing to publish.",
            { Changed.Count: 0 } => $"On {published.Branch} is the consensus {of}; nothing to publish.",
            { Commit: { } commit } => $"Published {commit[..7]} on {published.Branch}, {of}: {files}.",
            _ => $"Would publish on {published.Branch}, {of}: {files}.",
        };
    }
}
