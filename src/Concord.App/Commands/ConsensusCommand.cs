using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Aggregating;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class ConsensusCommand
{
    private const int MostRows = 10;

    public static Command Create(Terminal terminal)
    {
        var method = new Option<string?>("--method")
        {
            Description = "How scores become one; else as benchmark.yaml says.",
            HelpName = "METHOD",
        };
        method.AcceptOnlyFromAmong([.. Names.All<ConsensusMethod>()]);
        var rater = new Option<string?>("--rater-model")
        {
            Description = "The rater model behind expected losses; else as benchmark.yaml says.",
            HelpName = "MODEL",
        };
        rater.AcceptOnlyFromAmong([.. Names.All<RaterModelChoice>()]);
        var write = new Option<bool>("--write") { Description = "Replace the files of consensus/." };
        var stale = new Option<bool>("--include-stale")
        {
            Description = "Count grades of earlier files where their grader gave no newer one.",
        };
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Say how many grade files were parsed and how rater models were fitted, on standard error.",
        };
        var command = new Command("consensus", "Compute medians with intervals, agreement, ranks, and what to look at again.")
        {
            method,
            rater,
            write,
            stale,
            verbose,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (
                    parsed.GetValue(write)
                    && (
                        options.At(parsed) is not null
                        || parsed.GetValue(method) is not null
                        || parsed.GetValue(rater) is not null
                        || parsed.GetValue(stale)
                    )
                )
                    throw new ConcordException(
                        "wrong-options",
                        "--write takes none of --at, --method, --rater-model and --include-stale: what is committed follows benchmark.yaml and the files as they lie.",
                        "Change benchmark.yaml, or leave out --write."
                    );
                using var open = await options.OpenAsync(parsed, cancellation);
                var reading = terminal.While("Reading the workspace", () => WorkspaceReader.Read(open.Tree, open.Cache));
                if (parsed.GetValue(verbose))
                    await terminal.Error.WriteLineAsync(
                        $"Grade files: {reading.GradeFiles.Parsed} parsed, {reading.GradeFiles.Cached} from the cache."
                    );
                var workspace = reading.OrThrow();
                var policy = workspace.Benchmark.Consensus;
                if (parsed.GetValue(method) is { } name && Names.TryParse<ConsensusMethod>(name, out var chosen))
                    policy = policy with { Method = chosen };
                if (parsed.GetValue(rater) is { } wanted && Names.TryParse<RaterModelChoice>(wanted, out var choice))
                    policy = policy with { RaterModel = choice };
                // What is written must not depend on what was computed here before.
                var earlier = parsed.GetValue(write) ? null : open.Fits.Read(workspace.Benchmark.Criteria);
                var tables = terminal.While(
                    "Computing the consensus",
                    () => ConsensusTables.Of(workspace, policy, parsed.GetValue(stale), earlier)
                );
                cancellation.ThrowIfCancellationRequested();
                open.Fits.Save(tables.Starts);
                if (parsed.GetValue(verbose))
                    foreach (var model in tables.RaterModels.Where(m => m.Iterations > 0))
                        await terminal.Error.WriteLineAsync(Fitted(model));
                if (parsed.GetValue(write))
                {
                    var changed = ConsensusWriter.Write(open.Root, tables, workspace.Benchmark);
                    await terminal.Error.WriteLineAsync(
                        changed.Count == 0
                            ? "consensus/ was up to date; nothing changed."
                            : $"Wrote {changed.Count} files of consensus/: {string.Join(", ", changed.Select(Path.GetFileName))}."
                    );
                }
                if (options.AsJson(parsed))
                    Json.Write(terminal.Out, ConsensusJson.Of(tables, workspace.Benchmark, open.Commit));
                else
                    Print(terminal, tables, workspace.Benchmark);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static string Fitted(RaterModelNote note) =>
        $"Rater model of {note.Criterion}: {note.Model}, {note.Iterations} iterations, started {(note.IsWarm ? "warm, from the last fit" : "cold")}.";

    private static string Label(AgreementRow row) =>
        (row.Coefficient, row.Weights) switch
        {
            (AgreementCoefficient.Alpha, var level) => $"alpha {level}",
            (AgreementCoefficient.Percent, "unweighted") => "same score",
            (AgreementCoefficient.Percent, "within-1") => "within one step",
            (AgreementCoefficient.GwetAc, var weights) => $"AC2 {weights}",
            var (coefficient, weights) => $"{coefficient} {weights}",
        };

    private static void Print(Terminal terminal, ConsensusTables tables, Benchmark benchmark)
    {
        var ballot = tables.Ballot;
        terminal.Out.WriteLine(
            $"{benchmark.Title}: {ballot.Counted} grades that count, on {ballot.Outputs.Count(o => o.People > 0)} of {ballot.Outputs.Count} outputs, by {Names.Of(tables.Policy.Method)}."
        );
        foreach (
            var (number, what) in new[]
            {
                (ballot.Stale - ballot.StaleVotes, "stale (of earlier files)"),
                (ballot.Superseded, "superseded by a later grade"),
                (ballot.Skipped, "skipped"),
                (ballot.Unknown, "of unknown outputs"),
                (ballot.Votes.Count - ballot.Counted, "by models or programs"),
                (tables.Adjudication.Stale, "decided by a lead, stale (of earlier files)"),
                (tables.Adjudication.Unknown, "decided by a lead, of unknown outputs"),
                (tables.Adjudication.Foreign, "decided by graders who are no leads"),
            }
        )
            if (number > 0)
                terminal.Out.WriteLine($"  not counted: {number} {what}");
        var decided = tables.Adjudication.Rulings.Count > 0;
        terminal.Out.WriteLine();
        terminal.Table(
            [
                "rank",
                "could be",
                "model",
                "overall",
                "95 % interval",
                .. benchmark.Criteria.Select(c => c.Id.Value),
                .. terminal.IsNarrow ? Array.Empty<string>() : ["outputs", "failed"],
                .. decided ? ["adjudicated"] : Array.Empty<string>(),
            ],
            tables.Models.Select(m =>
                (string[])
                    [
                        Cells.Whole(m.Rank),
                        Cells.Between(m.RankLow, m.RankHigh),
                        m.Model,
                        Cells.Number(m.Overall),
                        Cells.Interval(m.Interval),
                        .. m.Criteria.Select(Cells.Number),
                        .. terminal.IsNarrow ? Array.Empty<string>() : [Cells.Whole(m.Outputs), Cells.Whole(m.Failed)],
                        .. decided ? [Cells.Whole(m.Adjudicated)] : Array.Empty<string>(),
                    ]
            ),
            0,
            1,
            3
        );
        terminal.Out.WriteLine();
        terminal.Table(
            ["agreement", "coefficient", "value", "95 % interval", "reading", "outputs", "graders"],
            tables
                .Agreement.Where(r =>
                    r.Coefficient != AgreementCoefficient.Alpha
                    || r.Weights == Names.Of(benchmark.Criteria.Single(c => c.Id == r.Criterion).Scale.Level)
                )
                .Select(r =>
                    (string[])
                        [
                            r.Criterion.Value,
                            Label(r),
                            Cells.Number(r.Estimate.Value),
                            Cells.Interval(r.Estimate.Interval),
                            r.Estimate.UndefinedBecause ?? r.Reading,
                            Cells.Whole(r.Items),
                            Cells.Whole(r.Raters),
                        ]
                ),
            2
        );
        foreach (var model in tables.RaterModels.Where(m => m.NoneBecause is not null))
            terminal.Out.WriteLine($"{model.Criterion}: no expected loss. {model.NoneBecause}");
        foreach (var model in tables.RaterModels.Where(m => m.Model.Length > 0 && m is { Converged: false }))
            terminal.Out.WriteLine($"{model.Criterion}: {model.Model} had not settled after {model.Iterations} iterations.");
        if (decided)
            PrintDecided(terminal, tables);
        if (tables.Review.Count == 0)
            return;
        terminal.Out.WriteLine();
        terminal.Table(
            ["look again", "criterion", "graders", "why"],
            tables
                .Review.Take(MostRows)
                .Select(r =>
                    (string[])[r.Row.Key.ToString(), r.Row.Criterion, Cells.Whole(r.Row.Graders), string.Join("; ", r.Reasons)]
                ),
            2
        );
        if (tables.Review.Count > MostRows)
            terminal.Out.WriteLine($"… and {tables.Review.Count - MostRows} more; --json shows all.");
    }

    private static void PrintDecided(Terminal terminal, ConsensusTables tables)
    {
        var rows = tables.Consensus.ToDictionary(r => (r.Key, r.Criterion));
        terminal.Out.WriteLine();
        terminal.Table(
            ["decided by a lead", "criterion", "decision", "graders' median", "graders", "lead", "reason"],
            tables
                .Adjudication.Rulings.Take(MostRows)
                .Select(r =>
                    (string[])
                        [
                            r.Key.ToString(),
                            r.Criterion.Value,
                            Cells.Number(r.Score),
                            Cells.Number(rows[(r.Key, r.Criterion.Value)].Median),
                            Cells.Whole(rows[(r.Key, r.Criterion.Value)].Graders),
                            r.Decision.Lead.Value,
                            r.Decision.Grade.Notes.ReplaceLineEndings(" "),
                        ]
                ),
            2,
            3,
            4
        );
        if (tables.Adjudication.Rulings.Count > MostRows)
            terminal.Out.WriteLine($"… and {tables.Adjudication.Rulings.Count - MostRows} more; --json shows all.");
    }
}
