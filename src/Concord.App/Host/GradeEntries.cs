using Concord.App.Host.Documents;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;

namespace Concord.App.Host;

/// <summary>Reads a submitted grade or draft, and tells every field that is wrong.</summary>
internal static class GradeEntries
{
    private const int LongestNote = 64 * 1024;
    private const int MostSeconds = 7 * 24 * 60 * 60;

    /// <summary>The entry; null where something is wrong, which <paramref name="problems"/> tells.</summary>
    public static GradeEntry? Of(GradeBody body, Output output, Benchmark benchmark, bool decision, List<FieldProblem> problems)
    {
        var scores = Scores(body.Scores, benchmark, problems);
        var known = decision
            ? (GradeStatus[])[GradeStatus.Graded, GradeStatus.Withdrawn]
            : [GradeStatus.Graded, GradeStatus.Skipped, GradeStatus.Flagged];
        if (!Names.TryParse<GradeStatus>(body.Status, out var status) || !known.Contains(status))
            problems.Add(new("status", "This is no status here.", $"Use {string.Join(", ", known.Select(Names.Of))}."));
        else if (status is GradeStatus.Graded or GradeStatus.Flagged && body.Scores.Values.All(s => s is null))
            problems.Add(new("scores", "Nothing is scored.", "Score at least one criterion, or skip the output."));
        else if (status is GradeStatus.Skipped or GradeStatus.Withdrawn && body.Scores.Values.Any(s => s is not null))
            problems.Add(new("scores", $"What is {Names.Of(status)} has no scores.", "Clear them."));
        if (string.IsNullOrWhiteSpace(body.Notes) && (decision || status is GradeStatus.Skipped or GradeStatus.Withdrawn))
            problems.Add(new("notes", "There is no reason.", "Say why, in a few words."));
        if (body.Notes.Length > LongestNote)
            problems.Add(new("notes", $"The note has {body.Notes.Length} characters.", $"Keep it to {LongestNote}."));
        if (body.Seconds is < 0)
            problems.Add(new("seconds", "The time is below zero.", "Leave it out."));
        return problems.Count > 0
            ? null
            : new(
                output.Key,
                output.Id!.Value,
                scores,
                status,
                body.Notes,
                body.Seconds is { } seconds ? (int)Math.Min(seconds, MostSeconds) : null
            );
    }

    /// <summary>The draft: anything that the form can hold, within bounds.</summary>
    public static GradeDraft? Of(DraftBody body, Benchmark benchmark, DateTime now, List<FieldProblem> problems)
    {
        var scores = Scores(body.Scores, benchmark, problems);
        if (body.Notes.Length > LongestNote)
            problems.Add(new("notes", $"The note has {body.Notes.Length} characters.", $"Keep it to {LongestNote}."));
        return problems.Count > 0 ? null : new(scores, body.Notes, body.Base, now, body.Flagged);
    }

    private static double?[] Scores(IReadOnlyDictionary<string, double?> given, Benchmark benchmark, List<FieldProblem> problems)
    {
        foreach (var name in given.Keys.Where(n => benchmark.Criteria.All(c => c.Id.Value != n)))
            problems.Add(
                new(
                    "scores",
                    "The rubric has no such criterion.",
                    $"Use {string.Join(", ", benchmark.Criteria.Select(c => c.Id))}."
                )
            );
        return [.. benchmark.Criteria.Select(c => Score(c, given.GetValueOrDefault(c.Id.Value), problems))];
    }

    private static double? Score(Criterion criterion, double? score, List<FieldProblem> problems)
    {
        var scale = criterion.Scale;
        if (score is not { } number || (scale.InRange(number) && scale.OnStep(number)))
            return score;
        problems.Add(
            new(
                criterion.Id.Value,
                $"{NumberText.Of(number)} is not a score of this scale.",
                $"Give {NumberText.Of(scale.Min)} to {NumberText.Of(scale.Max)} in steps of {NumberText.Of(scale.Step)}."
            )
        );
        return null;
    }
}
