using Concord.App.Host.Documents;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.App.Host;

/// <summary>Grades as the page shows them: people's side by side, and how they differ.</summary>
/// <param name="rubric">The criteria, in order.</param>
internal sealed class GradesSeen(IReadOnlyList<Criterion> rubric)
{
    public Dictionary<string, double?> ScoresOf(IReadOnlyList<double?> scores) =>
        rubric
            .Select((c, i) => (c.Id.Value, Score: i < scores.Count ? scores[i] : null))
            .ToDictionary(s => s.Value, s => s.Score);

    public PeerDocument Of(Vote vote) => Of(vote.Grader.Id, vote.Grade);

    /// <summary>How the graders differ, and what leads decided; of the present lead what was said last, in this session too.</summary>
    public AgreementDocument Of(SideBySide split, GraderId lead, Grade? own)
    {
        var decisions = split.Decisions.Where(d => d.Lead != lead).Select(d => (d.Lead, d.Grade));
        if (own is not null)
            decisions = decisions.Append((lead, own));
        return new(
            [
                .. split.Criteria.Select(c => new SplitDocument(
                    c.Criterion.Value,
                    c.Graders,
                    c.Median,
                    c.Min,
                    c.Max,
                    c.Same,
                    c.WithinStep,
                    [.. c.Away.Select(g => g.Value)]
                )),
            ],
            [.. decisions.OrderBy(d => d.Grade.GradedAt).Select(d => Of(d.Lead, d.Grade))]
        );
    }

    private PeerDocument Of(GraderId grader, Grade grade) =>
        new(grader.Value, ScoresOf(grade.Scores), grade.Notes, Names.Of(grade.Status), Timestamp.Of(grade.GradedAt));
}
