using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Running;

namespace Concord.App.Commands;

/// <summary>What <c>bench run</c> prints at its end.</summary>
internal static class BenchRunResult
{
    public static void Print(Terminal terminal, RunResult result, RunOptions options)
    {
        if (result.Requests.Count == 0)
        {
            terminal.Out.WriteLine(
                $"Nothing to ask: {(result.Plan.Count == 1 ? "the one output is" : $"all {result.Plan.Count} outputs are")} there."
            );
            return;
        }
        if (options.DryRun)
        {
            foreach (var note in result.Notes)
                terminal.Error.WriteLine(note);
            PrintPlan(terminal, result);
            return;
        }
        terminal.Table(
            ["model", "ok", "failed", "no reply", "kept replies", "tokens in", "tokens out", "cost", "seconds"],
            result
                .Outcomes.GroupBy(o => o.Key.Model.Model, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g =>
                    (string[])
                        [
                            g.Key,
                            Count(g, OutcomeKind.Ok),
                            Count(g, OutcomeKind.Failed),
                            Count(g, OutcomeKind.NoReply),
                            Cells.Whole(g.Count(o => o.IsCached)),
                            Tokens(g, u => u.Input),
                            Tokens(g, u => u.Output),
                            g.All(o => o.Cost is null) ? Cells.None : BenchProgress.Dollars(g.Sum(o => o.Cost ?? 0)),
                            Cells.Number(Math.Round(g.Sum(o => o.Seconds ?? 0), 1)),
                        ]
                ),
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8
        );
        terminal.Out.WriteLine();
        if (result.Outcomes.Any(o => o.Kind != OutcomeKind.Ok))
        {
            terminal.Table(
                ["outputs", "reason", "for example"],
                result
                    .Outcomes.Where(o => o.Kind != OutcomeKind.Ok)
                    .GroupBy(o => o.Reason, StringComparer.Ordinal)
                    .OrderByDescending(g => g.Count())
                    .ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => (string[])[Cells.Whole(g.Count()), g.Key, $"{g.First().Key}: {g.First().Detail}"]),
                0
            );
            terminal.Out.WriteLine();
        }
        if (result.Outcomes.Any(o => o.Kind == OutcomeKind.Failed))
            terminal.Out.WriteLine(
                "Failed outputs count, and are not asked for again. To ask once more, remove an output's folder and run with --no-cache."
            );
        var left = result.Outcomes.Count(o => o.Kind == OutcomeKind.NoReply);
        terminal.Out.WriteLine(
            $"Run {result.RunId}: {result.Outcomes.Count - left} of {BenchProgress.Many(result.Outcomes.Count, "output")} answered, {BenchProgress.Dollars(result.Cost)}, {Cells.Number(Math.Round(result.Seconds, 1))} s.{(left > 0 && !options.CachedOnly ? $" {Rest(result)}" : "")}"
        );
    }

    // What is spent is counted in each run anew.
    private static string Rest(RunResult result) =>
        result.Outcomes.Any(o => o.Kind == OutcomeKind.NoReply && o.Reason != RunOutcome.OverMaxCost)
            ? "The same command asks for the rest."
        : result.Cost > 0 ? "The same command asks for the rest, and may spend as much again."
        : "The rest needs a higher --max-cost.";

    public static object Document(RunResult result, RunOptions options) =>
        new
        {
            Run = result.RunId,
            options.DryRun,
            Shard = options.Shard.ToString(),
            Planned = result.Plan.Count,
            Requests = result.Requests.Select(r => new
            {
                Challenge = r.Planned.Key.Challenge.Value,
                Model = r.Planned.Key.Model.Value,
                State = Names.Of(r.Planned.State),
                r.IsCached,
                r.CostAtMost,
            }),
            Outcomes = result.Outcomes.Select(o => new
            {
                Challenge = o.Key.Challenge.Value,
                Model = o.Key.Model.Value,
                Outcome = Names.Of(o.Kind),
                Reason = o.Reason.Length > 0 ? o.Reason : null,
                Detail = o.Detail.Length > 0 ? o.Detail : null,
                o.Files,
                o.IsCached,
                InputTokens = o.Usage?.Input,
                OutputTokens = o.Usage?.Output,
                CostUsd = o.Cost,
                o.Seconds,
            }),
            CostUsd = result.Cost,
            result.Seconds,
            result.Notes,
        };

    private static void PrintPlan(Terminal terminal, RunResult result)
    {
        terminal.Table(
            ["model", "missing", "outdated", "kept replies", "cost at most"],
            result
                .Requests.GroupBy(r => r.Planned.Model.Id)
                .OrderBy(g => g.Key)
                .Select(g =>
                    (string[])
                        [
                            g.Key.Value,
                            Cells.Whole(g.Count(r => r.Planned.State == OutputState.Missing)),
                            Cells.Whole(g.Count(r => r.Planned.State == OutputState.Outdated)),
                            Cells.Whole(g.Count(r => r.IsCached)),
                            Cost(g),
                        ]
                ),
            1,
            2,
            3,
            4
        );
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            $"{result.Requests.Count} of {BenchProgress.Many(result.Plan.Count, "output")} would be asked for, at {CostOfAll(result.Requests)}. Nothing was asked and nothing written."
        );
    }

    private static string Cost(IEnumerable<PlannedRequest> requests)
    {
        var asked = requests.Where(r => !r.IsCached).ToArray();
        return asked.Any(r => r.CostAtMost is null) ? "unknown" : BenchProgress.Dollars(asked.Sum(r => r.CostAtMost!.Value));
    }

    private static string CostOfAll(IReadOnlyList<PlannedRequest> requests)
    {
        const string Unpriced = "models without a 'price' in benchmark.yaml";
        var asked = requests.Where(r => !r.IsCached).ToArray();
        var known = $"a cost of {BenchProgress.Dollars(asked.Sum(r => r.CostAtMost ?? 0))} at most, by estimate";
        return asked.All(r => r.CostAtMost is not null) ? known
            : asked.All(r => r.CostAtMost is null) ? $"a cost that is not known: it is of {Unpriced}"
            : $"{known}, and what {Unpriced} cost";
    }

    private static string Count(IEnumerable<RunOutcome> outcomes, OutcomeKind kind) =>
        Cells.Whole(outcomes.Count(o => o.Kind == kind));

    private static string Tokens(IEnumerable<RunOutcome> outcomes, Func<TokenUsage, long> count) =>
        Cells.Number(outcomes.Sum(o => o.Usage is { } usage ? count(usage) : 0));
}
