namespace Concord.Core.Domain.Consensus;

/// <summary>What leads decided, and what became of the other decisions.</summary>
/// <remarks>
/// A lead's latest row on an output's files is that lead's word: by <c>graded_at</c>, then by file name. A withdrawn word is none.
/// Where the words of several leads score a criterion, the latest rules. A decision is no vote: nothing here counts in a median, an
/// agreement, a rater model or a grader's profile.
/// </remarks>
public sealed class Adjudication
{
    private readonly Dictionary<(OutputKey, int), Ruling> _rulings;

    private Adjudication(IReadOnlyList<Decision> standing, IReadOnlyList<Ruling> rulings)
    {
        (Standing, Rulings) = (standing, rulings);
        _rulings = rulings.ToDictionary(r => (r.Key, r.Place));
    }

    /// <summary>No decision at all.</summary>
    public static Adjudication None { get; } = new([], []);

    /// <summary>The leads' words on the outputs as they are now, by output, then the earlier first; some may be overruled.</summary>
    public IReadOnlyList<Decision> Standing { get; }

    /// <summary>The decided criteria, by output, then in rubric order.</summary>
    public IReadOnlyList<Ruling> Rulings { get; }

    /// <summary>Words on the outputs as they are now that their leads took back, in the same order; they decide nothing.</summary>
    public IReadOnlyList<Decision> TakenBack { get; private init; } = [];

    /// <summary>Words on files that the output no longer has.</summary>
    public int Stale { get; private init; }

    /// <summary>Words on outputs that are not in the workspace.</summary>
    public int Unknown { get; private init; }

    /// <summary>Words of graders who are no leads.</summary>
    public int Foreign { get; private init; }

    /// <summary>Whether there is anything to tell: a withdrawn decision is nothing.</summary>
    public bool IsEmpty => Standing.Count + Stale + Unknown + Foreign == 0;

    /// <summary>Finds what rules. O(decisions).</summary>
    /// <param name="workspace">The workspace.</param>
    /// <returns>The rulings, and the number of decisions that are none.</returns>
    public static Adjudication Of(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var words = LastWords(workspace);
        if (words.Length == 0)
            return None;
        var (standing, stale, unknown, foreign) = (new List<(Decision Decision, string File)>(), 0, 0, 0);
        var takenBack = new List<(Decision Decision, string File)>();
        var outputs = workspace.Outputs.Where(o => o.Id is not null).ToDictionary(o => o.Key, o => o.Id!.Value);
        foreach (var word in words)
        {
            var withdrawn = word.Decision.Grade.Status == GradeStatus.Withdrawn;
            if (!workspace.Grader(word.Decision.Lead).Adjudicates)
                foreign += withdrawn ? 0 : 1;
            else if (!outputs.TryGetValue(word.Decision.Grade.Key, out var output))
                unknown += withdrawn ? 0 : 1;
            else if (output != word.Decision.Grade.Output)
                stale += withdrawn ? 0 : 1;
            else
                (withdrawn ? takenBack : standing).Add(word);
        }
        var sorted = Sorted(standing);
        return new(sorted, [.. sorted.GroupBy(d => d.Grade.Key).SelectMany(o => Rule([.. o], workspace.Benchmark.Criteria))])
        {
            TakenBack = Sorted(takenBack),
            Stale = stale,
            Unknown = unknown,
            Foreign = foreign,
        };
    }

    /// <summary>What rules on a criterion of an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="criterion">The criterion's place in the rubric.</param>
    /// <returns>The ruling; null where the graders' consensus holds.</returns>
    public Ruling? For(OutputKey output, int criterion) => _rulings.GetValueOrDefault((output, criterion));

    private static (Decision Decision, string File)[] LastWords(Workspace workspace)
    {
        var words = new Dictionary<(GraderId, GradedOutput), (Decision Decision, string File)>();
        foreach (var sheet in workspace.DecisionSheets.OrderBy(s => s.FileName, StringComparer.Ordinal))
        foreach (var grade in sheet.Grades)
        {
            var place = (sheet.Grader, new GradedOutput(grade.Key, grade.Output));
            if (!words.TryGetValue(place, out var earlier) || grade.GradedAt >= earlier.Decision.Grade.GradedAt)
                words[place] = (new(sheet.Grader, grade), sheet.FileName);
        }
        return [.. words.Values];
    }

    private static Decision[] Sorted(IEnumerable<(Decision Decision, string File)> words) =>
        [
            .. words
                .OrderBy(w => w.Decision.Grade.Key)
                .ThenBy(w => w.Decision.Grade.GradedAt)
                .ThenBy(w => w.File, StringComparer.Ordinal)
                .Select(w => w.Decision),
        ];

    // The decisions are of one output, the latest last.
    private static IEnumerable<Ruling> Rule(Decision[] decisions, IReadOnlyList<Criterion> rubric)
    {
        for (var i = 0; i < rubric.Count; i++)
        {
            Decision[] scored = [.. decisions.Where(d => d.Grade.Scores[i] is not null)];
            if (scored is [.. var overruled, var last])
                yield return new(
                    last.Grade.Key,
                    last.Grade.Output,
                    rubric[i].Id,
                    i,
                    last.Grade.Scores[i]!.Value,
                    last,
                    overruled
                );
        }
    }
}
