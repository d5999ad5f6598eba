using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Submitting;

/// <summary>The rows that a session brings to the default branch: new ones, and those that it changes.</summary>
/// <param name="Grades">Of grade files.</param>
/// <param name="Decisions">Of a lead's decisions.</param>
public sealed record SubmittedRows(IReadOnlyList<Grade> Grades, IReadOnlyList<Grade> Decisions)
{
    /// <summary>Whether there is nothing to hand in.</summary>
    public bool IsEmpty => Grades.Count + Decisions.Count == 0;

    /// <summary>The grades that have scores.</summary>
    public IEnumerable<Grade> Votes => Grades.Where(g => g.Status is GradeStatus.Graded or GradeStatus.Flagged);

    /// <summary>Compares files.</summary>
    /// <param name="before">As the default branch has them, by path; what is not there is new.</param>
    /// <param name="after">As they will be.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <exception cref="ConcordException">A file cannot be read.</exception>
    public static SubmittedRows Of(
        IReadOnlyDictionary<string, byte[]> before,
        IReadOnlyDictionary<string, byte[]> after,
        IReadOnlyList<Criterion> rubric
    )
    {
        var (grades, decisions) = (new List<Grade>(), new List<Grade>());
        foreach (var (path, bytes) in after)
        {
            var known = before.TryGetValue(path, out var old)
                ? Read(path, old, rubric).Grades.ToDictionary(g => (g.Key, g.Output))
                : [];
            var sheet = Read(path, bytes, rubric);
            (sheet.Adjudicated ? decisions : grades).AddRange(
                sheet.Grades.Where(g => !(known.TryGetValue((g.Key, g.Output), out var row) && row.Equals(g)))
            );
        }
        return new(grades, decisions);
    }

    private static GradeSheet Read(string path, byte[] bytes, IReadOnlyList<Criterion> rubric)
    {
        var problems = new ProblemList(path);
        if (!GradeSheet.TryParseName(Path.GetFileName(path), out var grader, out var date, out var adjudicated, out _))
            throw new ArgumentException($"'{path}' is no grade file.", nameof(path));
        var sheet = GradeCsv.Read(bytes, grader, date, rubric, problems, adjudicated: adjudicated);
        return problems.HasErrors ? throw new ConcordException(problems.Problems) : sheet;
    }
}
