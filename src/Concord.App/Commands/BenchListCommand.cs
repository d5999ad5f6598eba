using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Running;

namespace Concord.App.Commands;

internal static class BenchListCommand
{
    public static Command Create(Terminal terminal)
    {
        var challenge = new Option<string[]>("--challenge")
        {
            Description = "Only this challenge; may be given several times.",
            HelpName = "ID",
        };
        var command = new Command("list", "How every output stands: there, missing, failed or outdated.") { challenge };
        var options = new WorkspaceOptions(terminal).AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var outputs = OutputList.Of(open.Tree, [.. (parsed.GetValue(challenge) ?? []).Distinct()]);
                if (options.AsJson(parsed))
                    Json.Write(terminal.Out, Document(outputs, open.Commit));
                else
                    Print(terminal, outputs);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static string State(ListedOutput output) =>
        output.State switch
        {
            OutputState.Missing => output.CanAsk ? "missing" : "missing, no provider",
            OutputState.Kept => "there, not by a run",
            OutputState.Done => "there",
            OutputState.Failed => "failed",
            OutputState.Outdated => "outdated",
            _ => throw new ArgumentOutOfRangeException(nameof(output), output.State, null),
        };

    private static void Print(Terminal terminal, IReadOnlyList<ListedOutput> outputs)
    {
        if (outputs.Count == 0)
        {
            terminal.Out.WriteLine(
                "No outputs. They take a challenge ('concord challenge add ID') and a model in benchmarks/benchmark.yaml."
            );
            return;
        }
        terminal.Table(
            ["challenge", "model", "state", "tokens out", "cost", "seconds", "asked at", "why"],
            outputs.Select(o =>
                (string[])
                    [
                        o.Key.Challenge.Value,
                        o.Key.Model.Value,
                        State(o),
                        Cells.Number(o.Record?.OutputTokens),
                        o.Record?.Cost is { } cost ? BenchProgress.Dollars(cost) : Cells.None,
                        Cells.Number(o.Record?.Seconds),
                        o.Record?.StartedAt ?? Cells.None,
                        o.Record?.Known.Failure ?? "",
                    ]
            ),
            3,
            4,
            5
        );
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            $"{BenchProgress.Many(outputs.Count, "output")}: {string.Join(", ", outputs.GroupBy(State, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"))}."
        );
    }

    private static object Document(IReadOnlyList<ListedOutput> outputs, string? commit) =>
        new
        {
            Commit = commit,
            Outputs = outputs.Select(o => new
            {
                Challenge = o.Key.Challenge.Value,
                Model = o.Key.Model.Value,
                State = Names.Of(o.State),
                o.CanAsk,
                o.Record?.Known.Run,
                Reason = o.Record?.Known.Failure,
                o.Record?.InputTokens,
                o.Record?.OutputTokens,
                CostUsd = o.Record?.Cost,
                o.Record?.Seconds,
                o.Record?.StartedAt,
            }),
        };
}
