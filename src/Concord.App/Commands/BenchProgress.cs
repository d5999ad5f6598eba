using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Running;

namespace Concord.App.Commands;

/// <summary>Shows on standard error how far a run is: one line that is drawn again on a terminal, else a line for each output.</summary>
internal sealed class BenchProgress(Terminal terminal)
{
    private bool _drawn;

    public void Begin(RunResult planned)
    {
        foreach (var note in planned.Notes)
            terminal.Error.WriteLine(note);
        if (planned.Keys.Count > 0)
            terminal.Error.WriteLine($"Keys go out: {string.Join(", ", planned.Keys.Select(k => $"{k.Variable} to {k.Host}"))}.");
        var cached = planned.Requests.Count(r => r.IsCached);
        terminal.Error.WriteLine(
            $"{Many(planned.Requests.Count, "output")} to ask for{(cached > 0 ? $", {cached} of them with a kept reply" : "")}; {planned.Plan.Count - planned.Requests.Count} there already."
        );
    }

    public void Report(RunProgress progress)
    {
        var (last, done) = (progress.Last, progress.Outcomes.Count);
        if (!terminal.Interactive || last.Kind != OutcomeKind.Ok)
        {
            Clear();
            terminal.Error.WriteLine(
                $"[{done}/{progress.Total}] {Line(last)}{(terminal.Interactive ? "" : $" ({Sum(progress)})")}"
            );
        }
        if (!terminal.Interactive)
            return;
        Clear();
        terminal.Error.Write($"{done} of {progress.Total} through, {Sum(progress)}");
        _drawn = true;
    }

    /// <summary>Takes the line away.</summary>
    public void End() => Clear();

    private static string Line(RunOutcome outcome) =>
        outcome.Kind switch
        {
            OutcomeKind.Ok =>
                $"{outcome.Key}: {Many(outcome.Files, "file")}{(outcome.IsCached ? ", kept reply" : $", {Cells.Number(outcome.Seconds)} s")}",
            OutcomeKind.Failed => $"{outcome.Key}: failed. {PlainText.Of(outcome.Detail)}",
            OutcomeKind.NoReply => $"{outcome.Key}: no reply. {PlainText.Of(outcome.Detail)}",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, null),
        };

    private static string Sum(RunProgress progress)
    {
        var parts = new List<string> { $"{progress.InFlight} in flight" };
        foreach (
            var group in progress
                .Outcomes.Where(o => o.Kind != OutcomeKind.Ok)
                .GroupBy(o => o.Reason, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
            parts.Add($"{group.Count()} {group.Key}");
        parts.Add(Dollars(progress.Cost));
        if (progress.Left is { } left && progress.Outcomes.Count < progress.Total)
            parts.Add($"about {Span(left)} left");
        return string.Join(", ", parts);
    }

    /// <summary>A number of things.</summary>
    public static string Many(int count, string thing) => $"{Cells.Whole(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>An amount of money, with as many digits as it needs.</summary>
    public static string Dollars(double cost) => $"${cost.ToString(cost < 1 ? "0.00##" : "0.00", CultureInfo.InvariantCulture)}";

    private static string Span(TimeSpan span) =>
        span.TotalMinutes < 1 ? $"{Math.Ceiling(span.TotalSeconds):0} s"
        : span.TotalHours < 1 ? $"{Math.Ceiling(span.TotalMinutes):0} min"
        : $"{span.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h";

    private void Clear()
    {
        if (_drawn)
            terminal.Error.Write("\r\e[K");
        _drawn = false;
    }
}
