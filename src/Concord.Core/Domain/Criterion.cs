namespace Concord.Core.Domain;

/// <summary>One question of the rubric.</summary>
/// <param name="Id">The id, which is the column's name in grade files.</param>
/// <param name="Title">The title for people.</param>
/// <param name="Question">What the grader is asked.</param>
/// <param name="Scale">The possible scores.</param>
/// <param name="Weight">The share in <c>overall</c> before normalisation, 0 or more; 0 leaves the criterion out of it.</param>
/// <param name="Anchors">What single scores mean, by score; may be empty.</param>
/// <param name="RenamedFrom">Earlier ids, under which older files know the criterion.</param>
public sealed record Criterion(
    CriterionId Id,
    string Title,
    string Question,
    Scale Scale,
    double Weight,
    IReadOnlyDictionary<double, string> Anchors,
    IReadOnlyList<CriterionId> RenamedFrom
);
