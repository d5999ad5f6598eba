namespace Concord.Core.Domain.Consensus;

/// <summary>An output that needs another grader, and why.</summary>
/// <param name="Key">The output.</param>
/// <param name="Graders">How many people graded it.</param>
/// <param name="Reasons">Sentences with the numbers behind it, at least one.</param>
public sealed record WantingOutput(OutputKey Key, int Graders, IReadOnlyList<string> Reasons);

/// <summary>What a change of the workspace does to the consensus, for whoever decides about it.</summary>
/// <param name="Outputs">Outputs of which anything differs: the largest moves first, then those that have a value for the first time or no more.</param>
/// <param name="Models">Models whose overall or place differs, the largest moves first.</param>
/// <param name="Flags">Flags that came, then flags that went, each by output and criterion.</param>
/// <param name="Agreement">Every criterion's agreement, in rubric order.</param>
/// <param name="Wanting">Outputs that the change is about and that need another grader, in the order of the grading queue.</param>
public sealed record ConsensusEffect(
    IReadOnlyList<OutputMove> Outputs,
    IReadOnlyList<ModelMove> Models,
    IReadOnlyList<FlagMove> Flags,
    IReadOnlyList<AgreementMove> Agreement,
    IReadOnlyList<WantingOutput> Wanting
)
{
    private const double Smallest = 1e-9;

    /// <summary>Compares two moments.</summary>
    /// <param name="before">The earlier tables.</param>
    /// <param name="after">The later workspace and its tables.</param>
    /// <param name="concerned">The outputs that the change is about; of others only those count as wanting that got a flag.</param>
    /// <returns>What differs. A change that moves nothing has empty lists, apart from the agreement.</returns>
    public static ConsensusEffect Of(
        ConsensusTables before,
        (Workspace Workspace, ConsensusTables Tables) after,
        IReadOnlySet<OutputKey> concerned
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after.Workspace);
        ArgumentNullException.ThrowIfNull(after.Tables);
        ArgumentNullException.ThrowIfNull(concerned);
        var (old, now) = (before, after.Tables);
        var flags = FlagMoves(old, now);
        var raised = flags.Where(f => f.Raised).Select(f => f.Key).ToHashSet();
        return new(
            OutputMoves(old, now),
            ModelMoves(old, now),
            flags,
            [.. after.Workspace.Benchmark.Criteria.Select(c => new AgreementMove(c.Id, Alpha(old, c), Alpha(now, c)))],
            [
                .. GradingQueue
                    .Rows(now, after.Workspace.Benchmark)
                    .Where(r => concerned.Contains(r.Key) || raised.Contains(r.Key))
                    .GroupBy(r => r.Key)
                    .Select(g => new WantingOutput(
                        g.Key,
                        g.Max(r => r.Graders),
                        [.. g.SelectMany(r => r.Reasons.Select(why => r.Criterion is { } c ? $"{c}: {why}" : why)).Distinct()]
                    )),
            ]
        );
    }

    private static AgreementRow? Alpha(ConsensusTables tables, Criterion criterion) =>
        tables.Agreement.FirstOrDefault(r =>
            r.Criterion == criterion.Id
            && r.Coefficient == AgreementCoefficient.Alpha
            && r.Weights == Names.Of(criterion.Scale.Level)
        );

    private static OutputMove[] OutputMoves(ConsensusTables before, ConsensusTables after)
    {
        var (old, now) = (before.Results.ToDictionary(r => r.Key), after.Results.ToDictionary(r => r.Key));
        var (oldRows, nowRows) = (RowsOf(before), RowsOf(after));
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Where(k => !IsSame(old.GetValueOrDefault(k), now.GetValueOrDefault(k)) || !AreSame(oldRows[k], nowRows[k]))
                .Select(k => new OutputMove(
                    k,
                    old.GetValueOrDefault(k),
                    now.GetValueOrDefault(k),
                    Overall(oldRows[k])?.Interval,
                    Overall(nowRows[k])?.Interval
                ))
                .OrderBy(m => m.Size is null)
                .ThenByDescending(m => m.Size)
                .ThenBy(m => m.Key),
        ];
    }

    private static ILookup<OutputKey, ConsensusRow> RowsOf(ConsensusTables tables) => tables.Consensus.ToLookup(r => r.Key);

    private static ConsensusRow? Overall(IEnumerable<ConsensusRow> rows) =>
        rows.FirstOrDefault(r => r.Criterion == CriterionId.Overall);

    private static bool IsSame(ResultRow? a, ResultRow? b) =>
        a is not null
        && b is not null
        && (a.Rank, a.Output, a.Graders) == (b.Rank, b.Output, b.Graders)
        && IsSame(a.Overall, b.Overall)
        && a.Criteria.Count == b.Criteria.Count
        && a.Criteria.Zip(b.Criteria, IsSame).All(same => same);

    private static bool AreSame(IEnumerable<ConsensusRow> a, IEnumerable<ConsensusRow> b)
    {
        var now = b.ToDictionary(r => r.Criterion, StringComparer.Ordinal);
        return a.All(r =>
                now.Remove(r.Criterion, out var same)
                && r.Graders == same.Graders
                && IsSame(r.Consensus, same.Consensus)
                && IsSame(r.Interval?.Low, same.Interval?.Low)
                && IsSame(r.Interval?.High, same.Interval?.High)
            )
            && now.Count == 0;
    }

    private static bool IsSame(double? a, double? b) => a is null == b is null && !(Math.Abs((a - b) ?? 0) > Smallest);

    private static ModelMove[] ModelMoves(ConsensusTables before, ConsensusTables after)
    {
        var (old, now) = (
            before.Models.ToDictionary(m => m.Model, StringComparer.Ordinal),
            after.Models.ToDictionary(m => m.Model, StringComparer.Ordinal)
        );
        return
        [
            .. old
                .Keys.Union(now.Keys, StringComparer.Ordinal)
                .Select(k => new ModelMove(k, old.GetValueOrDefault(k), now.GetValueOrDefault(k)))
                .Where(m => m.Before?.Rank != m.After?.Rank || !IsSame(m.Before?.Overall, m.After?.Overall))
                .OrderByDescending(m => Math.Abs(m.By ?? 0))
                .ThenBy(m => m.After?.Rank ?? int.MaxValue)
                .ThenBy(m => m.Model, StringComparer.Ordinal),
        ];
    }

    private static FlagMove[] FlagMoves(ConsensusTables before, ConsensusTables after)
    {
        var (old, now) = (Flagged(before), Flagged(after));
        return
        [
            .. now.Where(f => !old.ContainsKey(f.Key))
                .Select(f => new FlagMove(f.Key.Key, f.Key.Criterion, f.Key.Flag, true, f.Value))
                .OrderBy(f => f.Key)
                .ThenBy(f => f.Criterion, StringComparer.Ordinal)
                .ThenBy(f => f.Flag),
            .. old.Where(f => !now.ContainsKey(f.Key))
                .Select(f => new FlagMove(f.Key.Key, f.Key.Criterion, f.Key.Flag, false, ""))
                .OrderBy(f => f.Key)
                .ThenBy(f => f.Criterion, StringComparer.Ordinal)
                .ThenBy(f => f.Flag),
        ];
    }

    // Lack of graders is no flag to tell of here: every first grade would raise it. Wanting has it.
    private static Dictionary<(OutputKey Key, string Criterion, Flag Flag), string> Flagged(ConsensusTables tables)
    {
        var reasons = tables.Review.ToDictionary(r => (r.Row.Key, r.Row.Criterion), r => (r.Row.Flags, r.Reasons));
        return tables
            .Consensus.Where(r => r.Criterion != CriterionId.Overall)
            .SelectMany(r => r.Flags.Where(f => f != Flag.FewGraders).Select(f => (r.Key, r.Criterion, Flag: f)))
            .ToDictionary(
                f => f,
                f =>
                    reasons.TryGetValue((f.Key, f.Criterion), out var why)
                        ? why.Flags.Zip(why.Reasons).FirstOrDefault(w => w.First == f.Flag).Second ?? ""
                        : ""
            );
    }
}
