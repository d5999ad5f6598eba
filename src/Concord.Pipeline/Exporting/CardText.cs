using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>What a dataset's card tells people, as Markdown.</summary>
internal static class CardText
{
    private const int MostRows = 50;
    private const int BarWidth = 30;
    private const int Percent = 100;
    private static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95, 1];

    public static string Title(ExportSource source, ExportReport report) =>
        $"{PlainText.Of(source.Workspace.Benchmark.Title)}: {(report.Pairs is null ? "graded outputs" : "graded preferences")}";

    public static string Of(ExportSource source, ExportReport report, Dataset dataset)
    {
        var text = new StringBuilder();
        var summary = report.Summary;
        Line($"# {Markdown(Title(source, report))}");
        Line(
            $"{Number(dataset.Count)} {(report.Pairs is null ? "outputs" : "pairs")} of {Number(summary.Challenges.Names)} {(summary.Challenges.Names == 1 ? "challenge" : "challenges")}, as people graded them, in the format `{Names.Of(report.Recipe.Format)}`. The prompt is what was sent to the models where that was recorded, else the challenge's own prompt; a reply is its files, each under its name in a fenced block."
        );
        Line($"```python\nfrom datasets import load_dataset\n\nrows = load_dataset(\"OWNER/NAME\", split=\"train\")\n```");
        Line("## How the rows were chosen");
        Table(["rule", "seen", "left out"], [.. Rules(report)], 1, 2);
        Paragraph(ExportReportText.Caveats(report));
        Line(
            $"Criteria: {string.Join(", ", source.Workspace.Benchmark.Criteria.Where(c => c.Weight > 0).Select(c => $"{Markdown(c.Title)} (`{c.Id}`, {Decimal(c.Scale.Min)} to {Decimal(c.Scale.Max)}, weight {Decimal(c.Weight)})"))}. A score is the weighted mean of their consensus over graders."
        );
        if (dataset.Parts.Count > 1)
        {
            Line("## Splits");
            Table(["split", "rows"], [.. report.Splits.Select(s => new[] { Names.Of(s.Split), Number(s.Rows) })], 1);
            Line("Challenges whose prompts say nearly the same are one family, and a family is in one split alone.");
        }
        if (summary.Labels.Names > 0)
        {
            Line("## Labels");
            Table(["label", "rows"], [.. summary.Labels.Sorted.Select(l => new[] { $"`{l.Key}`", Number(l.Value) })], 1);
        }
        Line("## Models");
        Models(summary);
        if (summary.Margins.Total > 0)
        {
            Line("## Margins");
            Bars(summary.Margins, "margin of the scores");
            Line("## Confidence");
            Bars(summary.Confidences, "confidence");
        }
        Line("## Agreement");
        Agreement(source, summary);
        Line("## Lengths");
        LengthTable(summary);
        Paragraph(ExportReportText.OfLength(summary));
        if (report.Recipe.Format == ExportFormat.TrlConversational)
        {
            Line("## Columns");
            Table(["column", "what it says"], CardColumns.Rows);
        }
        Line("## Limits");
        foreach (var limit in CardLimits.Of(source, report))
            text.Append("- ").Append(limit).Append('\n');
        Line("");
        Line("## Licences");
        Line($"Prompts: {Markdown(report.Recipe.PromptLicense)}. Replies, by licence:");
        Table(["licence", "different replies"], [.. report.Licenses.Select(l => new[] { Markdown(l.Key), Number(l.Value) })], 1);
        Line("## Made by");
        Line(
            source.IsCommitted
                ? $"Concord {Markdown(source.Exporter)} from commit `{source.Commit}`. With that commit and this folder's `recipe.yaml` the same bytes come out again: `concord export --at {source.Commit} --recipe recipe.yaml --output DIR`{(report.Recipe.WithNotes ? ", the pseudonyms apart, whose key is not told" : "")}."
                : $"Concord {Markdown(source.Exporter)} from files that no commit has, so it cannot be made again."
        );
        return text.ToString();

        void Line(string line) => text.Append(line).Append(line.Length > 0 ? "\n\n" : "\n");

        void Paragraph(IEnumerable<string> sentences)
        {
            if (string.Join(' ', sentences.Select(Markdown)) is { Length: > 0 } paragraph)
                Line(paragraph);
        }

        void Table(string[] header, IReadOnlyList<string[]> rows, params int[] numbers)
        {
            text.Append("| ").AppendJoin(" | ", header).Append(" |\n|");
            for (var i = 0; i < header.Length; i++)
                text.Append(numbers.Contains(i) ? " ---: |" : " --- |");
            text.Append('\n');
            foreach (var row in rows.Take(MostRows))
                text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
            if (rows.Count > MostRows)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| … and {rows.Count - MostRows} more |{string.Concat(Enumerable.Repeat(" |", header.Length - 1))}\n"
                );
            text.Append('\n');
        }

        void Models(DatasetSummary of)
        {
            var rejected = of.RejectedModels.Sorted.ToDictionary();
            var chosen = of.ChosenModels.Sorted.ToDictionary();
            var names = chosen
                .Keys.Union(rejected.Keys)
                .OrderByDescending(m => chosen.GetValueOrDefault(m))
                .ThenBy(m => m, StringComparer.Ordinal);
            if (rejected.Count > 0)
                Table(
                    ["model", "chosen", "rejected"],
                    [
                        .. names.Select(m =>
                            new[] { Markdown(m), Number(chosen.GetValueOrDefault(m)), Number(rejected.GetValueOrDefault(m)) }
                        ),
                    ],
                    1,
                    2
                );
            else
                Table(["model", "rows"], [.. names.Select(m => new[] { Markdown(m), Number(chosen.GetValueOrDefault(m)) })], 1);
        }

        void Bars(Histogram histogram, string what)
        {
            var most = Math.Max(1, histogram.Counts.Max());
            Table(
                [what, "rows", ""],
                [
                    .. histogram.Counts.Select(
                        (count, bin) =>
                            new[]
                            {
                                $"{Decimal(histogram.Edge(bin))} to {Decimal(histogram.Edge(bin + 1))}",
                                Number(count),
                                new string('█', (int)Math.Ceiling((double)count * BarWidth / most)),
                            }
                    ),
                ],
                1
            );
        }

        void Agreement(ExportSource of, DatasetSummary rows)
        {
            Table(
                ["criterion", "Krippendorff's alpha of all outputs", "95 %", "reading"],
                [
                    .. of
                        .Tables.Agreement.Where(r =>
                            r.Coefficient == "krippendorff-alpha"
                            && r.Weights == Names.Of(of.Workspace.Benchmark.Criteria.Single(c => c.Id == r.Criterion).Scale.Level)
                        )
                        .Select(r =>
                            new[]
                            {
                                $"`{r.Criterion}`",
                                r.Estimate.Value is { } alpha
                                    ? Decimal(alpha)
                                    : $"undefined: {Markdown(r.Estimate.UndefinedBecause ?? "")}",
                                r.Estimate.Interval is { } interval ? $"{Decimal(interval.Low)} to {Decimal(interval.High)}" : "",
                                Markdown(r.Reading),
                            }
                        ),
                ],
                1
            );
            if (rows.Agreements.Total + rows.AgreementUndefined > 0)
                Line(
                    $"In the rows, `agreement` is that of the challenge's own replies, by the graders' whole scores (interval). It is undefined in {Number(rows.AgreementUndefined)} of {Number(rows.Rows)} rows (too few graders in common, or no variation){(rows.Agreements.Total > 0 ? "; in the others:" : ".")}"
                );
            if (rows.Agreements.Total > 0)
                Bars(rows.Agreements, "agreement within the challenge");
        }

        void LengthTable(DatasetSummary of) =>
            Table(
                ["characters", "5 %", "25 %", "50 %", "75 %", "95 %", "longest", "tokens at 95 %, about"],
                [
                    .. new[]
                    {
                        ("prompt", of.Prompt),
                        (report.Pairs is null ? "reply" : "chosen", of.Chosen),
                        ("rejected", of.Rejected),
                    }
                        .Where(l => l.Item2.Count > 0)
                        .Select(l => (Name: l.Item1, Values: l.Item2.Percentiles(Shares)))
                        .Select(l =>
                            new[] { l.Name }
                                .Concat(l.Values.Select(v => Number(Whole(v))))
                                .Append(Number(Lengths.Tokens(Whole(l.Values[4]))))
                                .ToArray()
                        ),
                ],
                1,
                2,
                3,
                4,
                5,
                6,
                7
            );
    }

    private static IEnumerable<string[]> Rules(ExportReport report) =>
        report.Pairs is { } pairs
            ? pairs
                .Counts.Where(c => c.Removed > 0 || PairReportText.InForce(c.Rule, pairs.Rules))
                .Select(c =>
                    new[]
                    {
                        Markdown(PairReportText.Named(c.Rule, pairs.Rules)),
                        $"{Number(c.Before)} {(c.OfOutputs ? "outputs" : "pairs")}",
                        Number(c.Removed),
                    }
                )
            : report
                .Outputs!.Counts.Where(c => c.Removed > 0 || OutputReportText.InForce(c.Rule, report.Recipe))
                .Select(c =>
                    new[]
                    {
                        Markdown(OutputReportText.Named(c.Rule, report.Recipe)),
                        $"{Number(c.Before)} outputs",
                        Number(c.Removed),
                    }
                );

    private static long Whole(double? characters) => (long)Math.Round(characters!.Value);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Decimal(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    // Titles and names come from the workspace: none of them may become a link, an image or a table of its own.
    internal static string Markdown(string text)
    {
        var plain = PlainText.Of(text);
        var escaped = new StringBuilder(plain.Length);
        foreach (var c in plain)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '!' or '&' or '~')
                escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
