using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Csv;

namespace Concord.Pipeline.Workspaces;

/// <summary>The files of <c>consensus/</c>, byte for byte.</summary>
internal static class ConsensusFiles
{
    public const string Folder = "consensus";

    /// <summary>Every generated file, by path in the workspace, sorted.</summary>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Render(ConsensusTables tables, Benchmark benchmark)
    {
        string[] criteria = [.. benchmark.Criteria.Select(c => c.Id.Value)];
        // Only where leads decided something, so that whoever has none keeps the files that there were before decisions.
        var decided = tables.Adjudication.Rulings.Count > 0;
        return
        [
            File("REPORT.md", Encoding.UTF8.GetBytes(ConsensusReport.Of(tables, benchmark))),
            Csv(
                "agreement.csv",
                [
                    "criterion",
                    "coefficient",
                    "weights",
                    "value",
                    "ci_low",
                    "ci_high",
                    "items",
                    "raters",
                    "ratings",
                    "reading",
                    "undefined_because",
                ],
                tables.Agreement.Select(Agreement)
            ),
            Csv(
                "automatic.csv",
                ["challenge", "model", "output", "check", "passed", "value", "detail"],
                tables.Automatic.Select(Automatic)
            ),
            Csv(
                "consensus.csv",
                [
                    "challenge",
                    "model",
                    "output",
                    "criterion",
                    "graders",
                    "consensus",
                    "median",
                    "mean",
                    "sd",
                    "min",
                    "max",
                    "ci_low",
                    "ci_high",
                    "ci_method",
                    "expected_loss",
                    "flags",
                ],
                tables.Consensus.Select(Consensus)
            ),
            Csv(
                "graders.csv",
                [
                    "grader",
                    "kind",
                    "criterion",
                    "graded",
                    "mean",
                    "bias",
                    "mae",
                    "rmse",
                    "pearson",
                    "spearman",
                    "alpha_without",
                    "infit",
                    "outfit",
                    "weight",
                ],
                tables.Graders.Select(Grader)
            ),
            Csv(
                "models.csv",
                [
                    "rank",
                    "rank_low",
                    "rank_high",
                    "model",
                    "outputs",
                    "failed",
                    "graders",
                    "overall",
                    "ci_low",
                    "ci_high",
                    .. criteria,
                    .. decided ? ["adjudicated"] : Array.Empty<string>(),
                ],
                tables.Models.Select(m => Model(m, decided))
            ),
            Csv(
                "results.csv",
                ["rank", "challenge", "model", "output", "graders", "overall", .. criteria, "flags"],
                tables.Results.Select(Result)
            ),
            Csv(
                "review.csv",
                ["rank", "challenge", "model", "output", "criterion", "graders", "expected_loss", "information_gain", "reasons"],
                tables.Review.Select(Review)
            ),
        ];
    }

    /// <summary>Flags as files write them.</summary>
    public static string Text(IEnumerable<Flag> flags) => string.Join(';', flags.Select(f => Names.Of(f)));

    private static string[] Consensus(ConsensusRow r) =>
        [
            r.Key.Challenge.Value,
            r.Key.Model.Value,
            r.Output.Value,
            r.Criterion,
            Whole(r.Graders),
            Number(r.Consensus),
            Number(r.Median),
            Number(r.Mean),
            Number(r.Sd),
            Number(r.Min),
            Number(r.Max),
            Number(r.Interval?.Low),
            Number(r.Interval?.High),
            r.IntervalMethod,
            Number(r.ExpectedLoss),
            Text(r.Flags),
        ];

    private static string[] Result(ResultRow r) =>
        [
            Whole(r.Rank),
            r.Key.Challenge.Value,
            r.Key.Model.Value,
            r.Output.Value,
            Whole(r.Graders),
            Number(r.Overall),
            .. r.Criteria.Select(Number),
            Text(r.Flags),
        ];

    private static string[] Model(ModelRow r, bool decided) =>
        [
            Whole(r.Rank),
            Whole(r.RankLow),
            Whole(r.RankHigh),
            r.Model,
            Whole(r.Outputs),
            Whole(r.Failed),
            Whole(r.Graders),
            Number(r.Overall),
            Number(r.Interval?.Low),
            Number(r.Interval?.High),
            .. r.Criteria.Select(Number),
            .. decided ? [Whole(r.Adjudicated)] : Array.Empty<string>(),
        ];

    private static string[] Agreement(AgreementRow r) =>
        [
            r.Criterion.Value,
            r.Coefficient,
            r.Weights,
            Number(r.Estimate.Value),
            Number(r.Estimate.Interval?.Low),
            Number(r.Estimate.Interval?.High),
            Whole(r.Items),
            Whole(r.Raters),
            r.Ratings.ToString(CultureInfo.InvariantCulture),
            r.Reading,
            r.Estimate.UndefinedBecause ?? "",
        ];

    private static string[] Grader(GraderRow r) =>
        [
            r.Grader.Id.Value,
            Names.Of(r.Grader.Kind),
            r.Criterion.Value,
            Whole(r.Graded),
            Number(r.Mean),
            Number(r.Bias),
            Number(r.Mae),
            Number(r.Rmse),
            Number(r.Pearson),
            Number(r.Spearman),
            Number(r.AlphaWithout),
            Number(r.Infit),
            Number(r.Outfit),
            Number(r.Weight),
        ];

    private static string[] Review(ReviewRow r) =>
        [
            Whole(r.Rank),
            r.Row.Key.Challenge.Value,
            r.Row.Key.Model.Value,
            r.Row.Output.Value,
            r.Row.Criterion,
            Whole(r.Row.Graders),
            Number(r.Row.ExpectedLoss),
            Number(r.Row.InformationGain),
            string.Join("; ", r.Reasons),
        ];

    private static string[] Automatic(AutomaticRow r) =>
        [
            r.Key.Challenge.Value,
            r.Key.Model.Value,
            r.Output?.Value ?? "",
            SpreadsheetGuard.Guard(PlainText.Of(r.Check.Name)),
            r.Check.Passed switch
            {
                true => "true",
                false => "false",
                null => "",
            },
            Number(r.Check.Value),
            SpreadsheetGuard.Guard(r.Check.Detail),
        ];

    private static (string, byte[]) Csv(string name, IEnumerable<string> header, IEnumerable<string[]> rows)
    {
        using var lines = new CsvLines(header);
        foreach (var row in rows)
            lines.Add(row);
        return File(name, lines.ToBytes());
    }

    private static (string, byte[]) File(string name, byte[] bytes) => ($"{Folder}/{name}", bytes);

    private static string Number(double? value) => NumberText.Of(value);

    private static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
