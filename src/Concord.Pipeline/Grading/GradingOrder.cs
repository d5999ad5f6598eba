using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Domain.Grading;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Grading;

/// <summary>Draws what a session walks, in order.</summary>
/// <param name="workspace">The workspace as it lies.</param>
/// <param name="peers">How many others have scored each output.</param>
/// <param name="own">What this grader has graded.</param>
/// <param name="grader">Who grades.</param>
/// <param name="session">The session's id.</param>
internal sealed class GradingOrder(
    Workspace workspace,
    IReadOnlyDictionary<OutputKey, int> peers,
    OwnGrades own,
    GraderId grader,
    string session
)
{
    private const int NeededToDiffer = 2;

    public IReadOnlyList<OutputKey> Draw(GradingMode mode, FileTree tree) =>
        mode switch
        {
            GradingMode.Grade => Assigned(),
            GradingMode.Review => [.. Reasons(tree).Keys],
            GradingMode.Adjudicate => Disputed(),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
        };

    /// <summary>The outputs of consensus/review.csv that can be graded, most urgent first, each with every reason.</summary>
    /// <exception cref="ConcordException">The file is missing or cannot be read.</exception>
    public Dictionary<OutputKey, List<string>> Reasons(FileTree tree)
    {
        const string path = ConsensusFiles.Folder + "/review.csv";
        var bytes =
            tree.Read(path)
            ?? throw new ConcordException(
                "missing-file",
                "There is no review queue yet.",
                "Write it with 'concord consensus --write', or grade without --review.",
                path
            );
        var problems = new ProblemList(path);
        var known = workspace.Outputs.Where(o => o.Id is not null).Select(o => o.Key).ToHashSet();
        var reasons = new Dictionary<OutputKey, List<string>>();
        foreach (var (_, cells) in NamedColumns.Rows(bytes, ["rank", "challenge", "model", "reasons"], [], problems).ToArray())
            if (
                ChallengeId.TryParse(cells[1], out var challenge)
                && ModelId.TryParse(cells[2], out var model)
                && known.Contains(new(challenge, model))
            )
            {
                if (!reasons.TryGetValue(new(challenge, model), out var list))
                    reasons[new(challenge, model)] = list = [];
                list.Add(cells[3]);
            }
        return problems.HasErrors ? throw new ConcordException(problems.Problems) : reasons;
    }

    // What is left, as 'concord queue --grader' lists it; then what this grader has done.
    private IReadOnlyList<OutputKey> Assigned()
    {
        var (done, left) = (new List<OutputKey>(), new List<Assignable>());
        foreach (var output in workspace.Outputs.Where(o => o.Id is not null))
            if (own[output.Key] is { Grade: var grade } && !grade.Scores.Contains(null))
                done.Add(output.Key);
            else
                left.Add(new(output.Key, output.Id!.Value, peers.GetValueOrDefault(output.Key)));
        var number = AssignmentOrder.NumberOf(workspace.Graders.Values, grader);
        return
        [
            .. AssignmentOrder.Of(left, workspace.Benchmark.Grading.Overlap, workspace.Benchmark.Name, grader, number, session),
            .. done.Order(),
        ];
    }

    /// <summary>What at least two people scored fully: first where a criterion's scores lie farthest apart, then by expected loss.</summary>
    private IReadOnlyList<OutputKey> Disputed()
    {
        var tables = ConsensusTables.Of(workspace, workspace.Benchmark.Consensus with { Bootstrap = 0 });
        var widths = workspace.Benchmark.Criteria.ToDictionary(c => c.Id.Value, c => c.Scale.Width, StringComparer.Ordinal);
        var rows = tables.Consensus.Where(r => widths.ContainsKey(r.Criterion)).ToLookup(r => r.Key);
        return
        [
            .. tables
                .Ballot.Outputs.Where(o => o.Counted.Count(v => !v.Grade.Scores.Contains(null)) >= NeededToDiffer)
                .Select(o => o.Output.Key)
                .OrderByDescending(k => rows[k].Max(r => (r.Max - r.Min) / widths[r.Criterion]) ?? 0)
                .ThenByDescending(k => rows[k].Max(r => r.ExpectedLoss / widths[r.Criterion]) ?? 0)
                .ThenBy(k => k),
        ];
    }
}
