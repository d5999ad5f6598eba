using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Parses the current record of a grade file, and reports every cell that is wrong.</summary>
internal readonly ref struct GradeRow(
    CsvRecords records,
    GradeHeader columns,
    IReadOnlyList<Criterion> rubric,
    ProblemList problems,
    bool adjudicated
)
{
    private static readonly string[] StatusesOfGrades =
    [
        Names.Of(GradeStatus.Graded),
        Names.Of(GradeStatus.Skipped),
        Names.Of(GradeStatus.Flagged),
    ];
    private static readonly string[] StatusesOfDecisions = [Names.Of(GradeStatus.Graded), Names.Of(GradeStatus.Withdrawn)];

    public const int LongestNote = 64 * 1024;

    public Grade? Parse()
    {
        var before = problems.Problems.Count;
        var challenge = Id<ChallengeId>(GradeHeader.Challenge, ChallengeId.TryParse, ChallengeId.Rule);
        var model = Id<ModelId>(GradeHeader.Model, ModelId.TryParse, ModelId.Rule);
        var output = Id<OutputId>(GradeHeader.Output, OutputId.TryParse, OutputId.Rule);
        var scores = new double?[rubric.Count];
        for (var i = 0; i < rubric.Count; i++)
            scores[i] = Score(rubric[i], columns.Criteria[i]);
        var status = Status();
        var notes = SpreadsheetGuard.Unguard(records.Text(columns[GradeHeader.Notes]));
        if (notes.Length > LongestNote)
            Wrong(
                "long-note",
                GradeHeader.Notes,
                $"The note has {notes.Length:#,0} characters; at most {LongestNote:#,0} are kept.",
                "Shorten it."
            );
        var gradedAt = Moment();
        var seconds = Seconds();
        if (adjudicated)
            CheckDecision(status, scores, notes);
        else
            CheckStatus(status, scores, notes);
        return problems.Problems.Count == before
            ? new(new(challenge, model), output, scores, status, notes, gradedAt, seconds)
            : null;
    }

    private TId Id<TId>(string column, DocumentMap.TryParse<TId> parse, string rule)
        where TId : struct
    {
        var text = records.Text(columns[column]);
        if (!parse(text, out var id))
            Wrong("wrong-id", column, $"'{Short(text)}' cannot be used for '{column}'.", rule);
        return id;
    }

    private double? Score(Criterion criterion, int field)
    {
        var text = records.Text(field);
        if (text.Length == 0)
            return null;
        var scale = criterion.Scale;
        if (NumberText.TryParse(text, out var score) && scale.InRange(score) && scale.OnStep(score))
            return score;
        ReportScore(criterion, field, text);
        return null;
    }

    private void ReportScore(Criterion criterion, int field, string text)
    {
        var scale = criterion.Scale;
        var range = $"{NumberText.Of(scale.Min)} to {NumberText.Of(scale.Max)}";
        var (line, column) = records.Place(field);
        if (!NumberText.TryParse(text, out var score))
            problems.Error(
                "score-not-a-number",
                line,
                column,
                $"The score '{Short(text)}' for {criterion.Id} is not a number.",
                $"Write digits 0 to 9 with '.' before decimals, {range}, or nothing where it was not scored."
            );
        else if (!scale.InRange(score))
            problems.Error(
                "score-range",
                line,
                column,
                $"The score {text} for {criterion.Id} is outside {range}.",
                $"Give a score from {range}, or nothing where it was not scored."
            );
        else
            problems.Error(
                "score-step",
                line,
                column,
                $"The score {text} for {criterion.Id} is between two steps of {NumberText.Of(scale.Step)}.",
                $"Round it to a step of {NumberText.Of(scale.Step)} from {NumberText.Of(scale.Min)}."
            );
    }

    private GradeStatus Status()
    {
        var text = records.Text(columns[GradeHeader.Status]);
        var known = adjudicated ? StatusesOfDecisions : StatusesOfGrades;
        if (!Names.TryParse<GradeStatus>(text, out var status) || !known.Contains(text, StringComparer.Ordinal))
            Wrong(
                "wrong-status",
                GradeHeader.Status,
                $"'{Short(text)}' is not a status{(adjudicated ? " of a decision" : "")}.",
                Nearest.Hint(text, known)
            );
        return status;
    }

    private DateTime Moment()
    {
        var text = records.Text(columns[GradeHeader.GradedAt]);
        if (!Timestamp.TryParse(text, out var moment))
            Wrong(
                "wrong-time",
                GradeHeader.GradedAt,
                $"'{Short(text)}' is not a time in UTC.",
                "Write yyyy-MM-ddTHH:mm:ssZ, such as 2026-11-02T09:14:31Z; the Z is needed."
            );
        return moment;
    }

    private int? Seconds()
    {
        var text = records.Text(columns[GradeHeader.Seconds]);
        if (text.Length == 0)
            return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || !char.IsAsciiDigit(text[0]))
            Wrong(
                "wrong-seconds",
                GradeHeader.Seconds,
                $"'{Short(text)}' is not a whole number of seconds.",
                "Write whole seconds, or nothing."
            );
        return seconds;
    }

    private void CheckStatus(GradeStatus status, double?[] scores, string notes)
    {
        var scored = scores.Any(s => s is not null);
        if (status == GradeStatus.Skipped && scored)
            Wrong(
                "skipped-with-scores",
                GradeHeader.Status,
                "A skipped row has scores.",
                "Remove the scores, or write 'graded' or 'flagged'."
            );
        if (status == GradeStatus.Skipped && string.IsNullOrWhiteSpace(notes))
            Wrong(
                "skipped-without-reason",
                GradeHeader.Notes,
                "A skipped row has no reason.",
                "Say in the notes why it was skipped."
            );
        // A score that could not be read has been reported already.
        if (status != GradeStatus.Skipped && !scored && !AnyScoreWritten())
            Wrong(
                "no-scores",
                GradeHeader.Status,
                $"The row is {Names.Of(status)} and has no score.",
                "Give a score, or write 'skipped' with a reason."
            );
    }

    private void CheckDecision(GradeStatus status, double?[] scores, string notes)
    {
        var scored = scores.Any(s => s is not null);
        if (status == GradeStatus.Withdrawn && scored)
            Wrong(
                "withdrawn-with-scores",
                GradeHeader.Status,
                "A withdrawn decision has scores.",
                "Remove the scores, or write 'graded'."
            );
        if (status == GradeStatus.Graded && !scored && !AnyScoreWritten())
            Wrong(
                "no-scores",
                GradeHeader.Status,
                "The decision has no score.",
                "Give a score for each criterion that is decided, or write 'withdrawn' to take it back."
            );
        if (string.IsNullOrWhiteSpace(notes))
            Wrong(
                "decision-without-reason",
                GradeHeader.Notes,
                "The decision has no reason.",
                "Say in the notes why it was decided, or taken back."
            );
    }

    private bool AnyScoreWritten()
    {
        foreach (var field in columns.Criteria)
            if (!records.Bytes(field).IsEmpty)
                return true;
        return false;
    }

    private void Wrong(string rule, string column, string what, string mend)
    {
        var (line, place) = records.Place(columns[column]);
        problems.Error(rule, line, place, what, mend);
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
