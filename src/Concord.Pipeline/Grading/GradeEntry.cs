using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>What a grader submits for one output.</summary>
/// <param name="Key">Which output.</param>
/// <param name="Output">The form of it that the grader saw.</param>
/// <param name="Scores">One a criterion in rubric order; null is not scored.</param>
/// <param name="Status">What it means.</param>
/// <param name="Notes">The grader's words; may be empty.</param>
/// <param name="Seconds">How long it took; null where not measured.</param>
public sealed record GradeEntry(
    OutputKey Key,
    OutputId Output,
    IReadOnlyList<double?> Scores,
    GradeStatus Status,
    string Notes,
    int? Seconds
);
