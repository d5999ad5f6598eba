using System.CommandLine;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Validating;

namespace Concord.App.Commands;

internal static class StatsCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = DatasetPaths.Argument();
        var format = DatasetPaths.Format();
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var command = new Command(
            "stats",
            "What a dataset holds: by challenge, model and split, margins, lengths and their bias."
        )
        {
            paths,
            format,
            json,
        };
        command.SetAction(parsed =>
        {
            var files = DatasetPaths.Files(parsed.GetValue(paths)!, terminal.Folder);
            var statistics = terminal.While("Reading the dataset", () => DatasetStatistics.Of(files, parsed.GetValue(format)));
            if (parsed.GetValue(json))
                PrintJson(terminal, statistics);
            else
                StatsText.Print(terminal, statistics);
            return ConcordCli.Done;
        });
        return command;
    }

    private static void PrintJson(Terminal terminal, DatasetStatistics statistics)
    {
        var summary = statistics.Summary;
        var bias = summary.LengthBias;
        Json.Write(
            terminal.Out,
            new
            {
                statistics.Format,
                statistics.Files,
                summary.Rows,
                summary.Pairs,
                RowsSkipped = statistics.Skipped,
                Challenges = Counts(summary.Challenges),
                ChosenModels = Counts(summary.ChosenModels),
                RejectedModels = Counts(summary.RejectedModels),
                Strategies = Counts(summary.Strategies),
                Splits = Counts(summary.Splits),
                Labels = Counts(summary.Labels),
                Margins = Bins(summary.Margins),
                Confidence = Bins(summary.Confidences),
                Agreement = Bins(summary.Agreements),
                summary.AgreementUndefined,
                PromptChars = Percentiles(summary.Prompt),
                ChosenChars = Percentiles(summary.Chosen),
                RejectedChars = Percentiles(summary.Rejected),
                RowsOver1024Tokens = summary.OverMaxTokens,
                LengthBias = new
                {
                    bias.Pairs,
                    ShareChosenLonger = bias.ChosenLonger,
                    bias.MedianRatio,
                    bias.MarginCorrelation,
                },
            }
        );
    }

    private static Dictionary<string, long> Counts(NameCounts counts) => new(counts.Sorted);

    private static object Bins(Histogram histogram) =>
        new
        {
            histogram.Below,
            Bins = histogram.Counts.Select(
                (count, i) =>
                    new
                    {
                        From = histogram.Edge(i),
                        To = histogram.Edge(i + 1),
                        Count = count,
                    }
            ),
            histogram.Above,
        };

    private static Dictionary<string, double?>? Percentiles(Lengths lengths) =>
        lengths.Count == 0
            ? null
            : StatsText
                .Shares.Zip(lengths.Percentiles(StatsText.Shares))
                .ToDictionary(p => StatsText.NameOf(p.First), p => p.Second);
}
