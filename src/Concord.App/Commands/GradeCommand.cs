using System.CommandLine;
using Concord.App.Host;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;

namespace Concord.App.Commands;

internal static class GradeCommand
{
    private const int ShortestToken = 16;
    private const int LastPort = 65_535;

    public static Command Create(Terminal terminal)
    {
        var challenge = new Option<string[]>("--challenge")
        {
            Description = "Only outputs of this challenge; may be given again.",
            HelpName = "ID",
        };
        var grader = new Option<string?>("--grader")
        {
            Description = "Who grades; else git's user.name as a slug.",
            HelpName = "ID",
        };
        var newGrader = new Option<bool>("--new-grader") { Description = "The grader is new here; else a new one is asked for." };
        var port = new Option<int?>("--port")
        {
            Description = "The page's port, 0 for any; else one of this clone's own.",
            HelpName = "P",
        };
        port.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n is < 0 or > LastPort))
                r.AddError($"--port takes 0 to {LastPort}; '{r.Tokens[0].Value}' is none.");
        });
        var noBrowser = new Option<bool>("--no-browser") { Description = "Do not open a browser; print the address alone." };
        var noCommit = new Option<bool>("--no-commit") { Description = "Write grades/ in the work tree, and commit nothing." };
        var autoAdvance = new Option<bool>("--auto-advance") { Description = "Go on to the next output after the last score." };
        var review = new Option<bool>("--review") { Description = "Walk consensus/review.csv: what needs another look." };
        var adjudicate = new Option<bool>("--adjudicate") { Description = "Decide, as a lead, where graders differ." };
        var allowRemote = new Option<bool>("--allow-remote")
        {
            Description = "Listen on every address of this machine, without encryption; needs --token.",
        };
        var token = new Option<string?>("--token")
        {
            Description = "What lets other machines in: 16 letters, digits, '-' and '_' or more.",
            HelpName = "TOKEN",
        };
        var command = new Command("grade", "The grading page, on this machine: blind, by keyboard, every grade a commit.")
        {
            challenge,
            grader,
            newGrader,
            port,
            noBrowser,
            noCommit,
            autoAdvance,
            review,
            adjudicate,
            allowRemote,
            token,
        };
        command.Validators.Add(r =>
        {
            if (r.GetValue(review) && r.GetValue(adjudicate))
                r.AddError("--review and --adjudicate walk different things; give one of them.");
            if (r.GetValue(allowRemote) != r.GetValue(token) is not null)
                r.AddError("--allow-remote and --token go together: nobody else may come in without one.");
            if (
                r.GetValue(token) is { } text
                && (text.Length < ShortestToken || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            )
                r.AddError($"--token takes {ShortestToken} or more letters, digits, '-' and '_'.");
        });
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false, json: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var root = options.Root(parsed);
                var finding = GitRepository.FindAsync(root, cancellation);
                var mode =
                    parsed.GetValue(adjudicate) ? GradingMode.Adjudicate
                    : parsed.GetValue(review) ? GradingMode.Review
                    : GradingMode.Grade;
                async Task<GradingOptions> GradingAsync()
                {
                    var who = await WhoGrades.FindAsync(
                        terminal,
                        root,
                        finding,
                        parsed.GetValue(grader),
                        parsed.GetValue(newGrader),
                        cancellation
                    );
                    if (mode == GradingMode.Adjudicate && !who.Adjudicates)
                        throw new ConcordException(
                            "no-lead",
                            $"'{who.Id}' is no lead, and only a lead who is a person decides.",
                            "Name a lead with --grader, or set 'role: lead' in benchmarks/graders.yaml."
                        );
                    return new(
                        root,
                        who.Id,
                        !parsed.GetValue(noCommit),
                        mode,
                        [.. (parsed.GetValue(challenge) ?? []).Select(Challenge)],
                        TimeProvider.System
                    );
                }
                // The ports open while it is found out who grades.
                var grading = Task.Run(GradingAsync, cancellation);
                await ServeAsync(
                    terminal,
                    await finding,
                    new(
                        root,
                        parsed.GetValue(port),
                        parsed.GetValue(autoAdvance),
                        parsed.GetValue(token),
                        TimeProvider.System,
                        terminal.Error.WriteLine
                    ),
                    grading,
                    !parsed.GetValue(noBrowser),
                    cancellation
                );
                return ConcordCli.Done;
            }
        );
        return command;
    }

    /// <summary>Serves the page until the user ends it.</summary>
    public static async Task ServeAsync(
        Terminal terminal,
        GitRepository repository,
        GradingHostOptions options,
        Task<GradingOptions> grading,
        bool browser,
        CancellationToken cancellation
    )
    {
        await using var host = await GradingHost.StartAsync(options, grading, repository, cancellation);
        var session = await host.Choosing;
        var grader = (await grading).Grader;
        // The browser starts while git makes the work tree.
        var opened = browser && BrowserLaunch.TryOpen(host.OneTimeAddress());
        await terminal.Out.WriteLineAsync($"Grading as {grader}, session {session}: {host.Address}");
        await terminal.Out.FlushAsync(CancellationToken.None);
        var desk = await host.Opening;
        await terminal.Error.WriteLineAsync(
            $"{(opened ? "The page opens in your browser." : "Open this address in a browser of this machine.")} It is for you alone: the token in it lets in. Ctrl+C ends."
        );
        // Where the cause still stands, "run it again" would have mended nothing, unseen until the end.
        if (desk.Session.Pending is { Count: > 0 } pending)
            await terminal.Error.WriteLineAsync(
                $"{NotCommitted(desk, pending)}\nMend that, then press Commit on the page, or run the command again."
            );
        if (options.RemoteToken is not null)
            await terminal.Error.WriteLineAsync(
                $"Warning: other machines may come in too, with the token, as {string.Join(" or ", host.Names.Others.Select(n => $"http://{n}:{host.Names.Port}/?token=TOKEN"))}. Nothing is encrypted: whoever is on the way can read the token and grade as {grader}. A tunnel by ssh of both ports ({host.Names.Port}, {host.Names.PreviewPort}) is safe and needs no --allow-remote."
            );
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await terminal.Out.WriteLineAsync(Ended(desk));
    }

    private static string HandIn(GradingDesk desk) =>
        desk.CanSubmit
            ? $"To hand them in: concord submit --grader {desk.Grader}"
            : $"There is no remote to hand them in at; to take them over here: git merge {desk.Session.Branch}";

    private static string NotCommitted(GradingDesk desk, IReadOnlyList<SavedGrade> pending) =>
        $"{Cells.Count(pending.Count, "grade")} on disk and not committed: {desk.Blind(PlainText.Of(pending[0].Pending ?? "git did not take it"))}";

    private static ChallengeId Challenge(string text) =>
        ChallengeId.TryParse(text, out var id)
            ? id
            : throw new ConcordException("wrong-id", $"'{text}' cannot be a challenge's name.", ChallengeId.Rule);

    private static string Ended(GradingDesk desk)
    {
        var session = desk.Session;
        var saved = session.Order.Select(session.Current).OfType<SavedGrade>().ToArray();
        int Count(GradeStatus status) => saved.Count(s => s.Grade.Status == status);
        var words = desk.IsDecision
            ? $"{Count(GradeStatus.Graded)} decided"
            : $"{Count(GradeStatus.Graded)} graded, {Count(GradeStatus.Flagged)} flagged, {Count(GradeStatus.Skipped)} skipped";
        var text = $"\nOf {session.Order.Count} outputs, {words}.";
        if (session.Pending is { Count: > 0 } pending)
            text += $"\n{NotCommitted(desk, pending)}\nMend that, and run 'concord grade' again: it commits what is pending.";
        // Earlier sessions have branches of their own, handed in or not.
        var here = saved.Where(s => s.Grade.GradedAt >= session.StartedAt).ToArray();
        // A branch that has none of them yet is nothing to hand in.
        if (here.Any(s => !desk.Commits || s.Commit is not null))
            text += desk.Commits
                ? $"\nThey are on the branch {session.Branch}: concord history --at {session.Branch}\n{HandIn(desk)}"
                : "\nThe grades are in grades/, for you to commit.";
        return text;
    }
}
