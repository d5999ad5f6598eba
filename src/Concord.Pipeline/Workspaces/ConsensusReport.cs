using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.Pipeline.Workspaces;

/// <summary>REPORT.md: what a maintainer reads first. The numbers stand in the CSV files beside it.</summary>
internal static class ConsensusReport
{
    private const int LongestTable = 25;

    public static string Of(ConsensusTables tables, Benchmark benchmark)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Consensus: {Escaped(benchmark.Title)}\n\n");
        Summary(text, tables, benchmark);
        Models(text, tables, benchmark);
        PairwiseReport.Append(text, tables, benchmark);
        AdjudicationReport.Append(text, tables);
        Agreement(text, tables, benchmark);
        Review(text, tables);
        Graders(text, tables);
        text.Append("## How this was made\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"Method: {Names.Of(tables.Policy.Method)}. Intervals: 95 %; agreement by {tables.Policy.Bootstrap} bootstrap replicates over outputs, seed {tables.Policy.Seed}. "
        );
        text.Append("Every column is explained in consensus/README.md.\n\n");
        RaterModels(text, tables);
        text.Append(CultureInfo.InvariantCulture, $"Inputs: sha256 {tables.InputsDigest}\n");
        return text.ToString();
    }

    private static void RaterModels(StringBuilder text, ConsensusTables tables)
    {
        var notes = tables.RaterModels.Where(m => m.Model.Length > 0 || m.NoneBecause is not null).ToArray();
        foreach (var m in notes)
            text.Append(
                CultureInfo.InvariantCulture,
                $"- Expected loss of {m.Criterion}: {(m.NoneBecause is { } why ? $"none. {why}" : m.Converged ? $"by {m.Model}." : $"by {m.Model}, which had not settled after {m.Iterations} iterations.")}\n"
            );
        if (notes.Length > 0)
            text.Append('\n');
    }

    private static void Summary(StringBuilder text, ConsensusTables tables, Benchmark benchmark)
    {
        var ballot = tables.Ballot;
        var people = ballot.People;
        var votes = ballot.Counted;
        var graded = ballot.Outputs.Count(o => o.People > 0);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Count(votes, "grade")} by {Count(people, "person", "people")} on {graded} of {Count(ballot.Outputs.Count, "output")}. "
        );
        var full = tables.Results.Count(r => r.Graders >= benchmark.Consensus.MinGraders);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{full} of {Count(ballot.Outputs.Count, "output")} have the {benchmark.Consensus.MinGraders} graders that the benchmark asks for.\n\n"
        );
        (int Number, string Meaning)[] others =
        [
            (ballot.Superseded, "replaced by a later one of the same grader"),
            (ballot.Stale - ballot.StaleVotes, "of earlier files of an output, so stale"),
            (ballot.Skipped, "skipped"),
            (ballot.Unknown, "of outputs that are not in the workspace"),
            (ballot.Votes.Count - ballot.Counted, "by models or programs, which do not count"),
            (tables.StaleChecks, "automatic checks of earlier files of an output"),
            (tables.Adjudication.Stale, "decided by a lead of earlier files of an output, so stale"),
            (tables.Adjudication.Unknown, "decided by a lead of outputs that are not in the workspace"),
            (tables.Adjudication.Foreign, "decided by graders who are no leads"),
        ];
        var told = others.Where(o => o.Number > 0).Select(o => $"- {o.Number} {o.Meaning}\n").ToArray();
        if (told.Length > 0)
            text.Append("Not counted:\n\n").AppendJoin("", told).Append('\n');
    }

    private static void Models(StringBuilder text, ConsensusTables tables, Benchmark benchmark)
    {
        text.Append("## Models\n\n");
        string[] criteria = [.. benchmark.Criteria.Select(c => c.Title)];
        var decided = tables.Adjudication.Rulings.Count > 0;
        Table(
            text,
            [
                "Rank",
                "Could be",
                "Model",
                "Overall",
                "95 % interval",
                .. criteria,
                "Outputs",
                "Failed",
                "Graders",
                .. decided ? ["Adjudicated"] : Array.Empty<string>(),
            ],
            tables.Models.Select(m =>
                (string[])
                    [
                        m.Rank is { } rank ? $"{rank}" : "–",
                        m.RankLow is { } low
                            ? low == m.RankHigh
                                ? $"{low}"
                                : $"{low} to {m.RankHigh}"
                            : "–",
                        m.Model,
                        Number(m.Overall),
                        m.Interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : "–",
                        .. m.Criteria.Select(Number),
                        $"{m.Outputs}",
                        $"{m.Failed}",
                        $"{m.Graders}",
                        .. decided ? [$"{m.Adjudicated}"] : Array.Empty<string>(),
                    ]
            ),
            "models.csv"
        );
        text.Append(
            "*Could be*: the ranks that the data does not rule out (paired tests on shared challenges, Holm, 5 %). Few challenges rule out little.\n\n"
        );
        if (decided)
            text.Append("*Adjudicated*: outputs with a score that a lead decided, below.\n\n");
    }

    private static void Agreement(StringBuilder text, ConsensusTables tables, Benchmark benchmark)
    {
        text.Append("## Agreement\n\n");
        Table(
            text,
            [
                "Criterion",
                "Krippendorff's alpha",
                "95 % interval",
                "Reading",
                "Same score",
                "Within one step",
                "AC2",
                "Outputs",
                "Graders",
            ],
            benchmark.Criteria.Select(c =>
            {
                var rows = tables.Agreement.Where(r => r.Criterion == c.Id).ToArray();
                var alpha = rows.Single(r => r.Coefficient == AgreementCoefficient.Alpha && r.Weights == Names.Of(c.Scale.Level));
                return (string[])
                    [
                        c.Title,
                        alpha.Estimate.Value is null ? "undefined" : Number(alpha.Estimate.Value),
                        alpha.Estimate.Interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : "–",
                        alpha.Estimate.UndefinedBecause ?? (alpha.Reading.Length > 0 ? alpha.Reading : "–"),
                        Percent(rows, "unweighted"),
                        Percent(rows, "within-1"),
                        Number(rows.FirstOrDefault(r => r.Coefficient == AgreementCoefficient.GwetAc)?.Estimate.Value),
                        $"{alpha.Items}",
                        $"{alpha.Raters}",
                    ];
            }),
            "agreement.csv"
        );
        text.Append(
            "Where almost every score is the same, alpha falls although graders agree; the same scores and Gwet's AC2 (quadratic weights) do not: look at both.\n\n"
        );
    }

    private static void Review(StringBuilder text, ConsensusTables tables)
    {
        text.Append("## Needs another look\n\n");
        if (tables.Review.Count == 0)
            text.Append("Nothing.\n\n");
        else
            Table(
                text,
                ["", "Challenge", "Model", "Criterion", "Graders", "Why"],
                tables.Review.Select(r =>
                    (string[])
                        [
                            $"{r.Rank}",
                            r.Row.Key.Challenge.Value,
                            r.Row.Key.Model.Value,
                            r.Row.Criterion,
                            $"{r.Row.Graders}",
                            string.Join("; ", r.Reasons),
                        ]
                ),
                "review.csv"
            );
    }

    private static void Graders(StringBuilder text, ConsensusTables tables)
    {
        text.Append("## Graders\n\n");
        Table(
            text,
            ["Grader", "Kind", "Criterion", "Graded", "Bias", "Mean distance", "Rank correlation"],
            tables.Graders.Select(g =>
                (string[])
                    [
                        g.Grader.Id.Value,
                        Names.Of(g.Grader.Kind),
                        g.Criterion.Value,
                        $"{g.Graded}",
                        Number(g.Bias),
                        Number(g.Mae),
                        Number(g.Spearman),
                    ]
            ),
            "graders.csv"
        );
        text.Append("Bias and distance are against the consensus of the other people, in score units.\n\n");
    }

    internal static void Table(StringBuilder text, string[] header, IEnumerable<string[]> rows, string file)
    {
        string[][] all = [.. rows];
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {string.Join(" | ", header.Select(Escaped))} |\n|{string.Concat(Enumerable.Repeat("---|", header.Length))}\n"
        );
        foreach (var row in all.Take(LongestTable))
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Select(Escaped))} |\n");
        text.Append('\n');
        if (all.Length > LongestTable)
            text.Append(CultureInfo.InvariantCulture, $"{all.Length - LongestTable} more in {file}.\n\n");
    }

    // Ids are safe already; titles and reasons may hold what Markdown reads as structure.
    internal static string Escaped(string cell) =>
        PlainText
            .Of(cell)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("`", "\\`", StringComparison.Ordinal)
            .Replace("@", "&#64;", StringComparison.Ordinal);

    private static string Percent(AgreementRow[] rows, string weights) =>
        rows.FirstOrDefault(r => r.Coefficient == AgreementCoefficient.Percent && r.Weights == weights)?.Estimate.Value
            is { } share
            ? $"{(share * 100).ToString("0.#", CultureInfo.InvariantCulture)} %"
            : "–";

    internal static string Number(double? value) => value is { } v ? NumberText.Of(Math.Round(v, 3)) : "–";

    private static string Count(int number, string one, string? many = null) =>
        number == 1 ? $"1 {one}" : $"{number} {many ?? one + "s"}";
}
