using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class QueueCommand
{
    public static Command Create(Terminal terminal)
    {
        var by = new Option<string?>("--by")
        {
            Description = "What comes first: expected-loss, information-gain; else as benchmark.yaml says.",
            HelpName = "ORDER",
        };
        by.AcceptOnlyFromAmong([.. Names.All<QueueOrder>()]);
        var top = new Option<int?>("--top") { Description = "Only the first so many; else all.", HelpName = "N" };
        top.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n < 1))
                r.AddError($"--top takes a whole number, 1 or more; '{r.Tokens[0].Value}' is none.");
        });
        var ungraded = new Option<bool>("--ungraded") { Description = "Only outputs that lack graders, fewest graders first." };
        var grader = new Option<string?>("--grader")
        {
            Description =
                "What this grader would be shown, in the grading page's order; with --by, the queue without what they have graded.",
            HelpName = "ID",
        };
        var command = new Command(
            "queue",
            "What to grade or grade again next, and why. For maintainers: it names models, which a blind grader should not see."
        )
        {
            by,
            top,
            ungraded,
            grader,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var workspace = terminal
                    .While("Reading the workspace", () => WorkspaceReader.Read(open.Tree, open.Cache))
                    .OrThrow();
                var left = parsed.GetValue(grader) is { } name ? Grader(name, workspace) : (GraderId?)null;
                var asked =
                    parsed.GetValue(by) is { } order && Names.TryParse<QueueOrder>(order, out var chosen)
                        ? chosen
                        : (QueueOrder?)null;
                // Agreement's intervals are not asked for here; the fit starts cold, so that the order is that of review.csv.
                var policy = workspace.Benchmark.Consensus with
                {
                    Bootstrap = 0,
                    Queue = asked ?? workspace.Benchmark.Consensus.Queue,
                };
                ConsensusTables? tables = null;
                var shownTo = asked is null ? left : null;
                var rows = shownTo is { } viewer
                    ? GradingQueue.Of(workspace, viewer, parsed.GetValue(ungraded))
                    : terminal.While(
                        "Computing the consensus",
                        () =>
                        {
                            tables = ConsensusTables.Of(workspace, policy);
                            return GradingQueue.Rows(tables, workspace.Benchmark, left, parsed.GetValue(ungraded));
                        }
                    );
                cancellation.ThrowIfCancellationRequested();
                QueueRow[] shown = [.. rows.Take(parsed.GetValue(top) ?? rows.Count)];
                if (options.AsJson(parsed))
                    Json.Write(
                        terminal.Out,
                        Document(
                            shown,
                            rows.Count,
                            shownTo is null ? Names.Of(policy.Queue) : "assignment",
                            left,
                            workspace.Benchmark,
                            open.Commit
                        )
                    );
                else
                    Print(terminal, shown, rows.Count);
                if (tables?.Adjudication.Rulings.Count is > 0 and var decided)
                    await terminal.Error.WriteLineAsync(
                        $"{Cells.Count(decided, "score")} decided by leads: listed only where somebody has disagreed since."
                    );
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static GraderId Grader(string name, Workspace workspace)
    {
        string[] known =
        [
            .. workspace
                .Graders.Keys.Concat(workspace.Sheets.Select(s => s.Grader))
                .Select(g => g.Value)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return known.Contains(name, StringComparer.Ordinal)
            ? GraderId.Parse(name)
            : throw new ConcordException(
                "unknown-grader",
                $"'{name}' is not in graders.yaml and has no grade file.",
                Nearest.Hint(name, known)
            );
    }

    private static void Print(Terminal terminal, QueueRow[] rows, int all)
    {
        if (all == 0)
        {
            terminal.Out.WriteLine("Nothing is left to grade.");
            return;
        }
        // Where there is little room the reasons keep it: they say the loss.
        (string Header, Func<QueueRow, string> Cell)[] numbers = terminal.IsNarrow
            ? []
            : [("expected loss", r => Cells.Number(r.ExpectedLoss)), ("information gain", r => Cells.Number(r.InformationGain))];
        terminal.Table(
            ["challenge", "model", "criterion", "graders", .. numbers.Select(n => n.Header), "reasons"],
            rows.Select(r =>
                (string[])
                    [
                        r.Key.Challenge.Value,
                        r.Key.Model.Value,
                        r.Criterion?.Value ?? Cells.None,
                        Cells.Whole(r.Graders),
                        .. numbers.Select(n => n.Cell(r)),
                        string.Join("; ", r.Reasons),
                    ]
            ),
            [.. Enumerable.Range(3, 1 + numbers.Length)]
        );
        if (rows.Length < all)
            terminal.Out.WriteLine($"… and {all - rows.Length} more.");
    }

    private static object Document(QueueRow[] rows, int all, string by, GraderId? grader, Benchmark benchmark, string? commit) =>
        new
        {
            Benchmark = benchmark.Name,
            Commit = commit,
            By = by,
            Grader = grader?.Value,
            benchmark.Grading.Overlap,
            All = all,
            Queue = rows.Select(r => new
            {
                r.Rank,
                Challenge = r.Key.Challenge.Value,
                Model = r.Key.Model.Value,
                Output = r.Output.Value,
                Criterion = r.Criterion?.Value,
                r.Graders,
                r.ExpectedLoss,
                r.InformationGain,
                r.Reasons,
            }),
        };
}
