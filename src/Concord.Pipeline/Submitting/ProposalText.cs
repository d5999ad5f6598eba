using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.Pipeline.Submitting;

/// <summary>What a pull request says of the grades that it brings.</summary>
internal static partial class ProposalText
{
    private const string Begin = "<!-- concord submit: written anew each time; your own words go above or below -->";
    private const string End = "<!-- /concord submit -->";
    private const int MostLevels = 11;

    /// <summary>The text of a pull request: ours in the place of ours, and what people wrote around it.</summary>
    /// <param name="present">As it is; null where there is none yet.</param>
    /// <param name="ours">What it should say.</param>
    public static string Placed(string? present, string ours)
    {
        var text = (present ?? "").ReplaceLineEndings("\n");
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.LastIndexOf(End, StringComparison.Ordinal));
        if (begin >= 0 && end > begin)
            return text[..begin] + ours.TrimEnd() + text[(end + End.Length)..];
        return text.Trim().Length == 0 ? ours : $"{text.TrimEnd()}\n\n{ours}";
    }

    /// <summary>The title: ours, unless somebody gave another.</summary>
    public static string Titled(string? present, string ours) => present is null || Ours().IsMatch(present) ? ours : present;

    public static string Of(
        SubmitPlan plan,
        GraderId grader,
        IReadOnlyList<Criterion> rubric,
        IReadOnlyList<SharedCriterion>? shared
    )
    {
        var text = new StringBuilder(Begin).Append('\n');
        Line(text, $"**{grader}** {Done(plan.Rows)}{Spent(plan.Rows)}. Session `{plan.Session}`.");
        if (plan.Rows.Grades.Count > 0)
            ByChallenge(text, plan.Rows.Grades, GradeStatus.Graded, GradeStatus.Flagged, GradeStatus.Skipped);
        if (plan.Rows.Decisions.Count > 0)
            ByChallenge(text, plan.Rows.Decisions, GradeStatus.Graded, GradeStatus.Withdrawn);
        Grade[] votes = [.. plan.Rows.Votes];
        if (votes.Length > 0)
        {
            Distribution(text, votes, rubric);
            if (shared is not null)
                Shared(text, shared);
        }
        return text.Append('\n').Append(End).Append('\n').ToString();
    }

    private static string Done(SubmittedRows rows)
    {
        static string Outputs(IReadOnlyList<Grade> grades) =>
            $"{SubmitWords.Count(grades.Count, "output")} of {SubmitWords.Count(grades.Select(g => g.Key.Challenge).Distinct().Count(), "challenge")}";
        return (rows.Grades.Count, rows.Decisions.Count) switch
        {
            (_, 0) => $"graded {Outputs(rows.Grades)}",
            (0, _) => $"decided on {Outputs(rows.Decisions)}",
            _ => $"graded {Outputs(rows.Grades)}, and decided on {Outputs(rows.Decisions)}",
        };
    }

    private static string Spent(SubmittedRows rows)
    {
        var seconds = rows.Grades.Concat(rows.Decisions).Sum(g => (long)(g.Seconds ?? 0));
        var minutes = (seconds + 30) / 60;
        return seconds == 0 ? ""
            : minutes == 0 ? $" in {seconds} s"
            : minutes < 60 ? $" in {minutes} min"
            : $" in {minutes / 60} h {minutes % 60} min";
    }

    private static void ByChallenge(StringBuilder text, IReadOnlyList<Grade> rows, params GradeStatus[] statuses)
    {
        var isDecision = statuses.Contains(GradeStatus.Withdrawn);
        Head(text, "challenge", statuses.Select(s => SubmitWords.Column(s, isDecision)));
        foreach (var (challenge, counts) in SubmitWords.Table(rows, statuses))
            Row(text, challenge.Value, counts.Select(c => c.ToString(CultureInfo.InvariantCulture)));
    }

    // Counts where the scale has few levels, else five numbers.
    private static void Distribution(StringBuilder text, Grade[] votes, IReadOnlyList<Criterion> rubric)
    {
        foreach (var group in rubric.Select((c, i) => (Criterion: c, Place: i)).GroupBy(c => c.Criterion.Scale))
        {
            var scale = group.Key;
            var levels = (int)Math.Round(scale.Width / scale.Step) + 1;
            var isCounted = levels <= MostLevels;
            double[] values = [.. Enumerable.Range(0, isCounted ? levels : 0).Select(i => scale.Min + i * scale.Step)];
            Head(
                text,
                "criterion",
                [.. isCounted ? values.Select(v => NumberText.Of(v)) : ["lowest", "median", "highest"], "not scored"]
            );
            foreach (var (criterion, place) in group)
            {
                double[] scores = [.. votes.Select(v => v.Scores[place]).OfType<double>().Order()];
                var cells =
                    isCounted
                        ? values.Select(v =>
                            scores.Count(s => Math.Abs(s - v) < scale.Step / 2).ToString(CultureInfo.InvariantCulture)
                        )
                    : scores.Length == 0 ? ["", "", ""]
                    : [NumberText.Of(scores[0]), NumberText.Of(Median(scores)), NumberText.Of(scores[^1])];
                Row(text, criterion.Id.Value, [.. cells, (votes.Length - scores.Length).ToString(CultureInfo.InvariantCulture)]);
            }
        }
    }

    private static void Shared(StringBuilder text, IReadOnlyList<SharedCriterion> shared)
    {
        var most = shared.Select(s => s.Items).DefaultIfEmpty().Max();
        Line(text, "");
        if (most == 0)
        {
            Line(text, "Nobody else has graded these outputs yet.");
            return;
        }
        Line(
            text,
            $"Others have graded {SubmitWords.Count(most, "output")} of these too. Krippendorff's alpha with them: "
                + string.Join(
                    ", ",
                    shared.Select(s =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{s.Criterion} {(s.Alpha is { } alpha ? alpha.ToString("0.00", CultureInfo.InvariantCulture) : $"undefined ({s.UndefinedBecause})")} over {s.Items}"
                        )
                    )
                )
                + "."
        );
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static void Head(StringBuilder text, string first, IEnumerable<string> columns)
    {
        string[] all = [.. columns];
        Line(text, "");
        Row(text, first, all);
        Row(text, "---", all.Select(_ => "--:"));
    }

    private static void Row(StringBuilder text, string first, IEnumerable<string> cells) =>
        Line(text, $"| {string.Join(" | ", cells.Prepend(first))} |");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    [GeneratedRegex(@"\A(grade|adjudicate): [0-9]+ outputs? of \S+( challenges)?(, and [0-9]+ decisions?)?\z")]
    private static partial Regex Ours();
}
