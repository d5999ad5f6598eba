namespace Concord.Core.Domain.Consensus;

/// <summary>A value of the consensus that differs between two moments.</summary>
/// <param name="Key">The output.</param>
/// <param name="Criterion">A criterion's id, or <see cref="CriterionId.Overall"/>.</param>
/// <param name="Before">The row before; null where there was none.</param>
/// <param name="After">The row after; null where there is none.</param>
public sealed record ConsensusMove(OutputKey Key, string Criterion, ConsensusRow? Before, ConsensusRow? After)
{
    /// <summary>After − before, in score units; null where either is undefined.</summary>
    public double? By => After?.Consensus - Before?.Consensus;

    /// <summary>Whether a lead's decision came or went, even one that moved nothing.</summary>
    public bool IsRuling => IsDecided(Before) != IsDecided(After);

    private static bool IsDecided(ConsensusRow? row) => row is not null && row.Flags.Contains(Flag.Adjudicated);
}

/// <summary>How many of a grader's grades came, changed and went.</summary>
/// <param name="Grader">The grader.</param>
/// <param name="Added">Grades that were not there before.</param>
/// <param name="Changed">Grades of the same output in the same file with another score, status, note or time.</param>
/// <param name="Removed">Grades that are gone.</param>
public sealed record GradeMove(GraderId Grader, int Added, int Changed, int Removed);

/// <summary>What differs between two moments of a workspace.</summary>
/// <param name="Grades">By grader, sorted.</param>
/// <param name="Consensus">Values that moved, appeared or went, the largest moves first.</param>
public sealed record ConsensusDifference(IReadOnlyList<GradeMove> Grades, IReadOnlyList<ConsensusMove> Consensus)
{
    /// <summary>Rows of leads' files of decisions, by lead, sorted.</summary>
    public IReadOnlyList<GradeMove> Decisions { get; private init; } = [];

    /// <summary>Outputs whose present form a grader had graded in another file than the one that came: the later grade stands for both.</summary>
    public IReadOnlyList<(GraderId Grader, OutputKey Key)> Regraded { get; private init; } = [];

    private const double Smallest = 1e-9;

    /// <summary>Compares two moments.</summary>
    /// <param name="before">The earlier workspace and its tables.</param>
    /// <param name="after">The later workspace and its tables.</param>
    /// <returns>What differs.</returns>
    public static ConsensusDifference Of(
        (Workspace Workspace, ConsensusTables Tables) before,
        (Workspace Workspace, ConsensusTables Tables) after
    )
    {
        var old = before.Tables.Consensus.ToDictionary(r => (r.Key, r.Criterion));
        var now = after.Tables.Consensus.ToDictionary(r => (r.Key, r.Criterion));
        var moves = old
            .Keys.Union(now.Keys)
            .Select(k => new ConsensusMove(k.Key, k.Criterion, old.GetValueOrDefault(k), now.GetValueOrDefault(k)))
            .Where(Moved)
            .OrderByDescending(m => Math.Abs(m.By ?? 0))
            .ThenBy(m => m.Key)
            .ThenBy(m => m.Criterion, StringComparer.Ordinal);
        var (was, isNow) = (ByPlace(before.Workspace.Sheets), ByPlace(after.Workspace.Sheets));
        return new(GradeMoves(was, isNow), [.. moves])
        {
            Decisions = GradeMoves(ByPlace(before.Workspace.DecisionSheets), ByPlace(after.Workspace.DecisionSheets)),
            Regraded = Regradings(was.Keys, isNow.Keys),
        };
    }

    private static bool Moved(ConsensusMove move) =>
        move.IsRuling || move.Before?.Consensus is null != move.After?.Consensus is null || Math.Abs(move.By ?? 0) > Smallest;

    private static GradeMove[] GradeMoves(Dictionary<GradePlace, Grade> old, Dictionary<GradePlace, Grade> now) =>
        [
            .. old
                .Keys.Union(now.Keys)
                .GroupBy(k => k.Grader)
                .OrderBy(g => g.Key)
                .Select(g => new GradeMove(
                    g.Key,
                    g.Count(k => !old.ContainsKey(k)),
                    g.Count(k => old.TryGetValue(k, out var a) && now.TryGetValue(k, out var b) && a != b),
                    g.Count(k => !now.ContainsKey(k))
                ))
                .Where(m => m.Added + m.Changed + m.Removed > 0),
        ];

    private static (GraderId, OutputKey)[] Regradings(
        IReadOnlyCollection<GradePlace> before,
        IReadOnlyCollection<GradePlace> after
    )
    {
        var graded = before.Select(p => (p.Grader, p.Key, p.Output)).ToHashSet();
        return
        [
            .. after
                .Except(before)
                .Where(p => graded.Contains((p.Grader, p.Key, p.Output)))
                .Select(p => (p.Grader, p.Key))
                .Distinct()
                .Order(),
        ];
    }

    private static Dictionary<GradePlace, Grade> ByPlace(IReadOnlyList<GradeSheet> sheets) =>
        sheets
            .SelectMany(s => s.Grades.Select(g => (Place: new GradePlace(s.Grader, s.FileName, g.Key, g.Output), Grade: g)))
            .ToDictionary(g => g.Place, g => g.Grade);

    private readonly record struct GradePlace(GraderId Grader, string File, OutputKey Key, OutputId Output);
}
