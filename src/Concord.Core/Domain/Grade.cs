namespace Concord.Core.Domain;

/// <summary>One row of a grade file: what one grader thinks of one output.</summary>
/// <param name="Key">Which output.</param>
/// <param name="Output">The fingerprint of the files that the grader saw.</param>
/// <param name="Scores">One a criterion in rubric order; null is not scored, and 0 is a score.</param>
/// <param name="Status">What the row means.</param>
/// <param name="Notes">The grader's words, as written; may be empty.</param>
/// <param name="GradedAt">When, in whole seconds of UTC.</param>
/// <param name="Seconds">How long it took, in whole seconds; null where not measured.</param>
public sealed record Grade(
    OutputKey Key,
    OutputId Output,
    IReadOnlyList<double?> Scores,
    GradeStatus Status,
    string Notes,
    DateTime GradedAt,
    int? Seconds
)
{
    /// <summary>Whether everything is equal, the scores one by one.</summary>
    /// <param name="other">The other grade.</param>
    /// <returns>True where a file would have the same row.</returns>
    public bool Equals(Grade? other) =>
        other is not null
        && (Key, Output, Status, GradedAt, Seconds) == (other.Key, other.Output, other.Status, other.GradedAt, other.Seconds)
        && Notes == other.Notes
        && Scores.SequenceEqual(other.Scores);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Output, GradedAt);

    /// <summary>The order of rows in a file: challenge, model, output, ordinally.</summary>
    public static Comparison<Grade> FileOrder { get; } =
        (a, b) => a.Key.CompareTo(b.Key) is var byKey and not 0 ? byKey : a.Output.CompareTo(b.Output);
}
