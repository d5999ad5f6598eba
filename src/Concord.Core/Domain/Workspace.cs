namespace Concord.Core.Domain;

/// <summary>Everything that a workspace holds at one moment: a commit, or the files as they lie.</summary>
/// <param name="Benchmark">The rubric and the rules.</param>
/// <param name="Graders">The graders of graders.yaml, by slug.</param>
/// <param name="Challenges">Sorted by id.</param>
/// <param name="Outputs">Sorted by challenge and model.</param>
/// <param name="Sheets">The grade files, sorted by name; files of decisions are none.</param>
public sealed record Workspace(
    Benchmark Benchmark,
    IReadOnlyDictionary<GraderId, Grader> Graders,
    IReadOnlyList<Challenge> Challenges,
    IReadOnlyList<Output> Outputs,
    IReadOnlyList<GradeSheet> Sheets
)
{
    /// <summary>The files of decisions, sorted by name.</summary>
    public IReadOnlyList<GradeSheet> DecisionSheets { get; init; } = [];

    /// <summary>Every row of them as it was written: <see cref="Consensus.Adjudication"/> tells which hold.</summary>
    public IEnumerable<Decision> Decisions => DecisionSheets.SelectMany(s => s.Grades.Select(g => new Decision(s.Grader, g)));

    /// <summary>The grader of a slug, listed or not.</summary>
    /// <param name="id">The slug.</param>
    /// <returns>The listed grader, else <see cref="Grader.Unlisted"/>.</returns>
    public Grader Grader(GraderId id) => Graders.TryGetValue(id, out var grader) ? grader : Domain.Grader.Unlisted(id);
}
