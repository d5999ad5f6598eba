using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Judging;

namespace Concord.App.Commands;

internal static class CiCommentCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Option<string?>("--run-event")
        {
            Description = "GitHub's event 'workflow_run'; else GITHUB_EVENT_PATH.",
            HelpName = "FILE",
        };
        var from = new Option<string?>("--from")
        {
            Description = "What the run left, to compare with what is found here; it decides nothing.",
            HelpName = "DIR",
        };
        var command = new Command(
            "comment",
            "Follow a run of 'ci check': judge again from git, then comment, label, set the status, and merge where the base says so."
        )
        {
            file,
            from,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false, json: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var path =
                    parsed.GetValue(file)
                    ?? Environment.GetEnvironmentVariable("GITHUB_EVENT_PATH")
                    ?? throw new ConcordException(
                        "no-event",
                        "It is not said which run.",
                        "Give --run-event with the file of an event 'workflow_run'."
                    );
                var outcomes = await CommentRun.RunAsync(
                    new(
                        options.TryRoot(parsed) ?? options.Start(parsed),
                        Path.GetFullPath(path, terminal.Folder),
                        parsed.GetValue(from) is { } folder ? Path.GetFullPath(folder, terminal.Folder) : null,
                        ConcordCli.Version,
                        Environment.GetEnvironmentVariable,
                        TimeProvider.System,
                        terminal.Error.WriteLine
                    ),
                    (repository, proposal, token) =>
                        CiJudging.OfAsync(repository, proposal, terminal, TimeProvider.System, token),
                    cancellation
                );
                // What is merged with a workflow's own token starts no workflow, so this one's next step must know.
                if (Environment.GetEnvironmentVariable("GITHUB_OUTPUT") is { Length: > 0 } output)
                    await File.AppendAllTextAsync(
                        output,
                        $"merged={(outcomes.Any(o => o.MergedAs is not null) ? "true" : "false")}\n",
                        cancellation
                    );
                foreach (var outcome in outcomes)
                    await terminal.Out.WriteLineAsync(Told(outcome));
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static string Told(CommentOutcome outcome) =>
        $"Pull request {outcome.Number}: {outcome.Judgement.Line}."
        + (
            outcome switch
            {
                { MergedAs: { } commit } => $" Merged as {commit}.",
                { NotMerged: { } why } => $" GitHub did not merge it: {PlainText.Of(why)}.",
                _ => "",
            }
        );
}
