using System.CommandLine;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.History;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class HistoryCommand
{
    public static Command Create(Terminal terminal)
    {
        var challenge = new Option<string?>("--challenge") { Description = "Only grades of this challenge.", HelpName = "ID" };
        var model = new Option<string?>("--model") { Description = "Only grades of this model's outputs.", HelpName = "ID" };
        var grader = new Option<string?>("--grader") { Description = "Only this grader's grades.", HelpName = "ID" };
        var command = new Command("history", "Who graded what when, from git: the newest commit first.")
        {
            challenge,
            model,
            grader,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var commit = open.Commit ?? await open.Repository.TryResolveAsync("HEAD", cancellation);
                // Only the rubric is needed, so grades in error do not hide their own history.
                var benchmark = WorkspaceReader.ReadBenchmark(open.Tree);
                IReadOnlyList<GradeCommit> commits = commit is null
                    ? []
                    : await GradeHistory.ReadAsync(open.Repository, commit, benchmark.Criteria, cancellation);
                var rows = commits
                    .Where(c => parsed.GetValue(grader) is not { } g || c.Grader.Value == g)
                    .Select(c =>
                        c with
                        {
                            Events = [.. c.Events.Where(e => Wanted(e, parsed.GetValue(challenge), parsed.GetValue(model)))],
                        }
                    )
                    .Where(c => c.Events.Count > 0 || c.Unreadable)
                    .ToArray();
                if (options.AsJson(parsed))
                    Json.Write(terminal.Out, new { Commits = rows.Select(c => Document(c, benchmark)) });
                else if (parsed.GetValue(challenge) is null && parsed.GetValue(model) is null)
                    PrintCommits(terminal, rows, parsed.GetValue(grader) is not null);
                else
                    PrintGrades(terminal, rows, benchmark);
                if (commits.Count == 0 && commit is not null)
                    await TellOfBranchesAsync(terminal, open.Repository, commit, cancellation);
                if (await open.Repository.IsShallowAsync(cancellation))
                    await terminal.Error.WriteLineAsync(
                        "This clone is shallow: older commits are not seen. 'git fetch --unshallow' brings them."
                    );
                return ConcordCli.Done;
            }
        );
        return command;
    }

    /// <summary>Says where grades of the grading page lie that this commit does not have.</summary>
    private static async Task TellOfBranchesAsync(
        Terminal terminal,
        GitRepository repository,
        string commit,
        CancellationToken cancellation
    )
    {
        var found = await repository.Git.TryRunAsync(
            [
                "for-each-ref",
                "--format=%(refname:short)",
                $"--no-merged={commit}",
                "refs/heads/grading/*",
                "refs/remotes/*/grading/*",
            ],
            cancellation
        );
        if (found.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } branches)
            await terminal.Error.WriteLineAsync(
                $"Not merged yet: {string.Join(", ", branches)}. See one with 'concord history --at {branches[0]}'."
            );
    }

    private static bool Wanted(GradeEvent e, string? challenge, string? model) =>
        (challenge is null || e.Key.Challenge.Value == challenge)
        && (model is null || e.Key.Model.Value == model || e.Key.Model.Model == model);

    private static void PrintCommits(Terminal terminal, GradeCommit[] commits, bool filtered)
    {
        if (commits.Length == 0)
            terminal.Out.WriteLine(filtered ? "No committed grade is of that kind." : "No grade has been committed here yet.");
        else
            terminal.Table(
                ["when", "commit", "grader", "added", "changed", "removed", "author", "subject"],
                commits.Select(c =>
                    (string[])
                        [
                            When(c),
                            c.Commit[..7],
                            Who(c),
                            Count(c, GradeChange.Added),
                            Count(c, GradeChange.Changed),
                            Count(c, GradeChange.Removed),
                            c.Author,
                            c.Unreadable ? $"{c.Subject} (not readable with today's rubric)" : c.Subject,
                        ]
                ),
                3,
                4,
                5
            );
    }

    private static void PrintGrades(Terminal terminal, GradeCommit[] commits, Benchmark benchmark)
    {
        if (commits.Length == 0)
            terminal.Out.WriteLine("No committed grade is of that kind.");
        else
            terminal.Table(
                [
                    "when",
                    "commit",
                    "grader",
                    "challenge",
                    "model",
                    .. benchmark.Criteria.Select(c => c.Id.Value),
                    "status",
                    "notes",
                ],
                commits.SelectMany(c =>
                    c.Events.Select(e =>
                        (string[])
                            [
                                When(c),
                                c.Commit[..7],
                                Who(c),
                                e.Key.Challenge.Value,
                                e.Key.Model.Value,
                                .. benchmark.Criteria.Select((_, i) => Move(e.Before?.Scores[i], e.After?.Scores[i], e.Change)),
                                e.Change == GradeChange.Removed ? "removed" : Names.Of(e.After!.Status),
                                (e.After ?? e.Before)!.Notes.ReplaceLineEndings(" "),
                            ]
                    )
                )
            );
    }

    private static string Move(double? before, double? after, GradeChange change) =>
        change == GradeChange.Changed && before != after
            ? $"{Cells.Number(before)} → {Cells.Number(after)}"
            : Cells.Number(change == GradeChange.Removed ? before : after);

    private static string Who(GradeCommit commit) => commit.Adjudicated ? $"{commit.Grader} (decides)" : commit.Grader.Value;

    private static string When(GradeCommit commit) =>
        commit.When.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Count(GradeCommit commit, GradeChange change) =>
        Cells.Whole(commit.Events.Count(e => e.Change == change));

    private static object Document(GradeCommit c, Benchmark benchmark) =>
        new
        {
            c.Commit,
            c.Author,
            c.Email,
            When = Timestamp.Of(c.When.UtcDateTime),
            c.Subject,
            Grader = c.Grader.Value,
            c.Adjudicated,
            c.Path,
            c.Unreadable,
            Grades = c.Events.Select(e => new
            {
                Change = Names.Of(e.Change),
                Challenge = e.Key.Challenge.Value,
                Model = e.Key.Model.Value,
                Output = (e.After ?? e.Before)!.Output.Value,
                Before = Scores(e.Before, benchmark),
                After = Scores(e.After, benchmark),
                Status = Names.Of((e.After ?? e.Before)!.Status),
                (e.After ?? e.Before)!.Notes,
            }),
        };

    private static Dictionary<string, double?>? Scores(Grade? grade, Benchmark benchmark) =>
        grade is null ? null : benchmark.Criteria.Zip(grade.Scores).ToDictionary(c => c.First.Id.Value, c => c.Second);
}
