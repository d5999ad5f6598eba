namespace Concord.Pipeline.Grading;

/// <summary>What a grader has begun for an output and not submitted.</summary>
/// <param name="Scores">One a criterion in rubric order; null is not scored.</param>
/// <param name="Notes">The grader's words so far.</param>
/// <param name="BaseVersion">The version of the saved grade that it began from; empty where there was none.</param>
/// <param name="SavedAt">When, in UTC.</param>
/// <param name="Flagged">Whether it is to ask for another look once it is saved.</param>
public sealed record GradeDraft(
    IReadOnlyList<double?> Scores,
    string Notes,
    string BaseVersion,
    DateTime SavedAt,
    bool Flagged = false
);
