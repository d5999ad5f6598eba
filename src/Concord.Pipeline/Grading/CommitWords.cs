using System.Text;
using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>What the commits of a session say.</summary>
internal static class CommitWords
{
    /// <summary>The message of a commit.</summary>
    /// <param name="grades">What it saves, at least one; more than one where earlier ones were pending.</param>
    /// <param name="grader">Who graded.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="mode">What was done.</param>
    /// <param name="rubric">The criteria, in order.</param>
    public static string Of(
        IReadOnlyList<Grade> grades,
        GraderId grader,
        string session,
        GradingMode mode,
        IReadOnlyList<Criterion> rubric
    )
    {
        var verb = mode == GradingMode.Adjudicate ? "adjudicate" : "grade";
        var words = new StringBuilder(
            grades.Count == 1
                ? $"{verb}({grades[0].Key.Challenge}): {Said(grades[0], rubric)}\n\n"
                : $"{verb}: {grades.Count} outputs of {Challenges(grades)}\n\n"
        );
        words.Append($"Grader: {grader}\n");
        foreach (var grade in grades)
            words.Append($"Challenge: {grade.Key.Challenge}\nModel: {grade.Key.Model}\nOutput: {grade.Output}\n");
        return words.Append($"Session: {session}\n").ToString();
    }

    private static string Challenges(IReadOnlyList<Grade> grades) =>
        grades.Select(g => g.Key.Challenge).Distinct().ToArray() is [var one]
            ? one.Value
            : $"{grades.Select(g => g.Key.Challenge).Distinct().Count()} challenges";

    private static string Said(Grade grade, IReadOnlyList<Criterion> rubric)
    {
        var scores = rubric
            .Zip(grade.Scores)
            .Where(s => s.Second is not null)
            .Select(s => $"{s.First.Id} {NumberText.Of(s.Second)}");
        return string.Join(", ", grade.Status == GradeStatus.Graded ? scores : scores.Append(Names.Of(grade.Status)));
    }
}
