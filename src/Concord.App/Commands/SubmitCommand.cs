using System.CommandLine;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Grading;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Submitting;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class SubmitCommand
{
    private const int ShortId = 7;

    /// <summary>What removes a session that was merged; git refuses where a change is not committed.</summary>
    private const string Removal =
        "git worktree remove \"$(git rev-parse --git-common-dir)/concord/grading/SESSION/tree\" && git branch -D grading/SESSION";

    public static Command Create(Terminal terminal)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Tell what would be done, and change nothing." };
        var draft = new Option<bool>("--draft") { Description = "Open the pull request as a draft." };
        var keepCommits = new Option<bool>("--keep-commits")
        {
            Description = "Keep a commit for each grade; else a session becomes one.",
        };
        var fork = new Option<bool>("--fork")
        {
            Description = "Push to your own fork, where you may not push to the repository.",
        };
        var grader = new Option<string?>("--grader")
        {
            Description = "Whose sessions; else those of git's user.name, or the only ones here.",
            HelpName = "ID",
        };
        var command = new Command("submit", "Hand grading sessions in: one commit each, pushed, and a pull request.")
        {
            dryRun,
            draft,
            keepCommits,
            fork,
            grader,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false, json: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var root = options.Root(parsed);
                return await RunAsync(
                    terminal,
                    new(
                        root,
                        await GraderAsync(root, parsed.GetValue(grader), cancellation),
                        TimeProvider.System,
                        terminal.Error.WriteLine
                    )
                    {
                        DryRun = parsed.GetValue(dryRun),
                        Draft = parsed.GetValue(draft),
                        KeepCommits = parsed.GetValue(keepCommits),
                        Fork = parsed.GetValue(fork),
                        MayAsk = terminal.CanAsk,
                        Version = ConcordCli.Version.Split('+')[0],
                    },
                    cancellation
                );
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, SubmitOptions options, CancellationToken cancellation)
    {
        var submission = await Submission.OpenAsync(options, cancellation);
        var sessions = await OpenSessions.OfAsync(options.Root, options.Grader, submission.Into, cancellation);
        if (sessions.Count == 0)
            await terminal.Out.WriteLineAsync(
                $"There is nothing of {options.Grader} to hand in{await OthersAsync(options.Root, options.Grader, cancellation)}."
            );
        var failed = false;
        foreach (var session in sessions)
        {
            try
            {
                if (options.DryRun)
                    await TellAsync(terminal, submission, session, cancellation);
                else
                    await SubmitAsync(terminal, submission, options, session, cancellation);
            }
            catch (ConcordException e)
            {
                failed = true;
                foreach (var problem in e.Problems)
                    await terminal.Error.WriteLineAsync($"{session.Id}: {problem}");
            }
        }
        return failed ? ConcordCli.CanBeMended : ConcordCli.Done;
    }

    private static async Task<string> OthersAsync(string root, GraderId grader, CancellationToken cancellation)
    {
        var here = await OpenSessions.GradersAsync(root, cancellation);
        return here.Contains(grader)
                ? $": all that is saved is on the default branch. To remove what is left of a session ({grader}-DATE): {Removal}"
            : here.Count == 0 ? ", and no grading session in this clone: grade first, with 'concord grade'"
            : $": no session of {grader} is in this clone. Sessions of {string.Join(", ", here)} are; name whose to hand in with --grader";
    }

    // A slip of the pen would else look like work that is done.
    private static async Task<GraderId> KnownAsync(string root, GraderId named, CancellationToken cancellation)
    {
        using var tree = new WorkTree(root);
        var listed = WorkspaceReader.ReadGraders(tree).Keys;
        var here = await OpenSessions.GradersAsync(root, cancellation);
        return listed.Contains(named) || here.Contains(named)
            ? named
            : throw new ConcordException(
                "unknown-grader",
                $"There is no grader '{named}': neither in graders.yaml nor with a session in this clone.",
                Nearest.Hint(named.Value, [.. listed.Concat(here).Select(g => g.Value).Distinct()])
            );
    }

    private static async Task SubmitAsync(
        Terminal terminal,
        Submission submission,
        SubmitOptions options,
        OpenSession session,
        CancellationToken cancellation
    )
    {
        using var closed = await ClosedSession.OpenAsync(options.Root, options.Grader, session.Id, options.Time, cancellation);
        var result = await Handover.OfAsync(submission, options.Grader, closed.AtRestAsync, cancellation);
        await terminal.Out.WriteLineAsync(
            $"{session.Id}: {(result.Subject.Length == 0 ? "" : $"{result.Subject}. ")}{result.Message}{(result.Url is null ? "" : $"\n{result.Url}")}"
        );
        foreach (var replaced in result.Replaced)
            await terminal.Out.WriteLineAsync($"    {PlainText.Of(replaced)}");
    }

    private static async Task TellAsync(
        Terminal terminal,
        Submission submission,
        OpenSession session,
        CancellationToken cancellation
    )
    {
        var plan = await submission.PlanAsync(new(session.Id, session.Branch, session.Commit, session.Files), cancellation);
        var fold =
            plan.Commit is not null ? $"The branch {plan.Branch} is as it should be, at {plan.Commit[..ShortId]}."
            : submission.KeepsCommits ? $"The branch {plan.Branch} would get a merge commit."
            : $"The branch {plan.Branch}, now at {session.Commit[..ShortId]}, would become one commit on {submission.IntoName}, {submission.Into[..ShortId]}.";
        var push =
            plan.Remote is { } remote && remote == plan.Commit
                ? $"'{submission.PushName}' has it already."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"It would be pushed to '{submission.PushName}'{(plan.Remote is null ? "" : $", where {plan.Remote[..ShortId]} is now")}."
                );
        await terminal.Out.WriteLineAsync(
            $"{session.Id}: {fold} {push} {await submission.ProposingAsync(cancellation)}\n\n"
                + string.Concat(plan.Message.TrimEnd().Split('\n').Select(l => l.Length == 0 ? "\n" : $"    {PlainText.Of(l)}\n"))
        );
        foreach (var note in plan.Notes)
            await terminal.Out.WriteLineAsync($"    {PlainText.Of(note)}");
    }

    private static async Task<GraderId> GraderAsync(string root, string? named, CancellationToken cancellation)
    {
        if (named is not null)
            return GraderId.TryParse(named, out var id)
                ? await KnownAsync(root, id, cancellation)
                : throw new ConcordException("wrong-id", $"'{named}' cannot be a grader's slug.", GraderId.Rule);
        var repository = await GitRepository.FindAsync(root, cancellation);
        var here = await OpenSessions.GradersAsync(root, cancellation);
        var own = GraderSlug.Of((await repository.Git.TryRunAsync(["config", "--get", "user.name"], cancellation)).Text.Trim());
        if (own is { } slug && (here.Contains(slug) || here.Count == 0))
            return slug;
        return here switch
        {
            [var only] => only,
            [] => throw new ConcordException("no-session", "No grading session is in this clone.", "Grade first: concord grade."),
            _ => throw new ConcordException(
                "which-grader",
                $"Sessions of {string.Join(", ", here)} are in this clone.",
                "Say whose to hand in with --grader ID."
            ),
        };
    }
}
