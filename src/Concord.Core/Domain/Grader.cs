namespace Concord.Core.Domain;

/// <summary>Somebody, or something, that grades.</summary>
/// <param name="Id">The slug that names the grader's files.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Emails">The addresses under which the grader commits; may be empty.</param>
/// <param name="Github">The login at the forge, null where unknown.</param>
/// <param name="Kind">What kind of rater this is.</param>
/// <param name="Role">What the grader may do.</param>
/// <param name="Groups">Names of groups the grader belongs to; may be empty.</param>
/// <param name="Weight">The weight of the grader's scores under the method <c>weighted</c>, above 0; 1 unless declared.</param>
public sealed record Grader(
    GraderId Id,
    string Name,
    IReadOnlyList<string> Emails,
    string? Github,
    GraderKind Kind,
    GraderRole Role,
    IReadOnlyList<string> Groups,
    double Weight
)
{
    /// <summary>Whether the grader's scores count towards the consensus, votes and overlap: people do.</summary>
    public bool Counts => Kind is GraderKind.Human or GraderKind.Expert;

    /// <summary>Whether the grader may decide over the consensus: a lead who is a person.</summary>
    public bool Adjudicates => Role == GraderRole.Lead && Counts;

    /// <summary>A grader whom graders.yaml does not list: human, role grader, in no group.</summary>
    /// <param name="id">The slug.</param>
    /// <returns>The grader.</returns>
    public static Grader Unlisted(GraderId id) => new(id, id.Value, [], null, GraderKind.Human, GraderRole.Grader, [], 1);
}
