using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Validating;

namespace Concord.App.Commands;

/// <summary>What a dataset holds, as tables; only what its columns offer.</summary>
internal static class StatsText
{
    private const int MostNames = 20;
    private const int BarWidth = 30;

    /// <summary>The percentiles that are shown.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1];

    /// <summary>A percentile's name.</summary>
    public static string NameOf(double share) =>
        share switch
        {
            0 => "min",
            0.5 => "median",
            1 => "max",
            _ => string.Create(CultureInfo.InvariantCulture, $"p{share * 100:0}"),
        };

    public static void Print(Terminal terminal, DatasetStatistics statistics)
    {
        var summary = statistics.Summary;
        terminal.Out.WriteLine(
            $"{Counted(summary.Rows, "row")} of {Counted(statistics.Files, "file")} as {statistics.Format}{(statistics.Skipped > 0 ? $"; {statistics.Skipped} more are no such rows, as 'concord validate' tells" : "")}."
        );
        Names(terminal, "challenge", summary.Challenges);
        Names(terminal, "split", summary.Splits);
        Names(terminal, "strategy", summary.Strategies);
        Names(terminal, "label", summary.Labels);
        Models(terminal, summary);
        Bins(terminal, "margin", summary.Margins);
        Bins(terminal, "confidence", summary.Confidences);
        Bins(terminal, "agreement", summary.Agreements);
        if (summary.AgreementUndefined > 0)
            terminal.Out.WriteLine($"agreement undefined: {summary.AgreementUndefined}");
        LengthTable(terminal, summary);
        Bias(terminal, summary);
    }

    private static void Names(Terminal terminal, string what, NameCounts counts)
    {
        if (counts.Names == 0)
            return;
        terminal.Out.WriteLine();
        terminal.Table([what, "rows"], counts.Sorted.Take(MostNames).Select(c => new[] { c.Key, Text(c.Value) }), 1);
        var rest = counts.Sorted.Skip(MostNames).Sum(c => c.Value) + counts.Others;
        if (rest > 0)
            terminal.Out.WriteLine($"… and {rest} rows of others.");
    }

    private static void Models(Terminal terminal, DatasetSummary summary)
    {
        var (chosen, rejected) = (summary.ChosenModels, summary.RejectedModels);
        if (chosen.Names + rejected.Names == 0)
            return;
        var (of, against) = (new Dictionary<string, long>(chosen.Sorted), new Dictionary<string, long>(rejected.Sorted));
        var names = of
            .Keys.Union(against.Keys)
            .OrderByDescending(n => of.GetValueOrDefault(n) + against.GetValueOrDefault(n))
            .ThenBy(n => n, StringComparer.Ordinal)
            .ToArray();
        terminal.Out.WriteLine();
        terminal.Table(
            ["model", "chosen", "rejected"],
            names.Take(MostNames).Select(n => new[] { n, Text(of.GetValueOrDefault(n)), Text(against.GetValueOrDefault(n)) }),
            1,
            2
        );
        if (names.Length > MostNames)
            terminal.Out.WriteLine($"… and {names.Length - MostNames} other models.");
    }

    private static void Bins(Terminal terminal, string what, Histogram histogram)
    {
        if (histogram.Total == 0)
            return;
        var rows = new List<(string Name, long Count)>();
        if (histogram.Below > 0)
            rows.Add(($"below {NumberText.Of(histogram.Low)}", histogram.Below));
        for (var i = 0; i < histogram.Counts.Count; i++)
            rows.Add(($"{NumberText.Of(histogram.Edge(i))} to {NumberText.Of(histogram.Edge(i + 1))}", histogram.Counts[i]));
        if (histogram.Above > 0)
            rows.Add(($"above {NumberText.Of(histogram.High)}", histogram.Above));
        var most = rows.Max(r => r.Count);
        terminal.Out.WriteLine();
        terminal.Table(
            [what, "rows", ""],
            rows.Select(r =>
                new[] { r.Name, Text(r.Count), new string('█', (int)Math.Ceiling((double)r.Count * BarWidth / most)) }
            ),
            1
        );
    }

    private static void LengthTable(Terminal terminal, DatasetSummary summary)
    {
        var columns = new[] { ("prompt", summary.Prompt), ("chosen", summary.Chosen), ("rejected", summary.Rejected) }
            .Where(c => c.Item2.Count > 0)
            .ToArray();
        if (columns.Length == 0)
            return;
        var rows = columns.SelectMany(c =>
        {
            var percentiles = c.Item2.Percentiles(Shares);
            return new[]
            {
                (string[])[c.Item1, "characters", .. percentiles.Select(p => Text((long)Math.Round(p!.Value)))],
                [c.Item1, "tokens, about", .. percentiles.Select(p => Text(Lengths.Tokens((long)Math.Round(p!.Value))))],
            };
        });
        terminal.Out.WriteLine();
        terminal.Table(["length", "in", .. Shares.Select(NameOf)], rows, [.. Enumerable.Range(2, Shares.Count)]);
        terminal.Out.WriteLine(
            $"Over {Lengths.DefaultMaxTokens} tokens, prompt and longer reply together: {summary.OverMaxTokens} of {summary.Rows} rows, at {Lengths.CharsPerToken} characters a token."
        );
    }

    private static void Bias(Terminal terminal, DatasetSummary summary)
    {
        if (summary.Pairs == 0)
            return;
        var bias = summary.LengthBias;
        terminal.Out.WriteLine();
        terminal.Table(
            ["length bias", ""],
            [
                ["chosen is longer (share of pairs)", Number(bias.ChosenLonger)],
                ["chosen by rejected (median ratio)", Number(bias.MedianRatio)],
                ["correlation of length difference and margin", Number(bias.MarginCorrelation)],
            ],
            1
        );
    }

    private static string Counted(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "undefined";
}
