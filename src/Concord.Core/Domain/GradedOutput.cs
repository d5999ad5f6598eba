namespace Concord.Core.Domain;

/// <summary>What a grade is of: an output, and the files it had then.</summary>
/// <param name="Key">The challenge and the model.</param>
/// <param name="Output">The fingerprint of the files that the grader saw.</param>
public readonly record struct GradedOutput(OutputKey Key, OutputId Output) : IComparable<GradedOutput>
{
    /// <summary>The order of rows in a file: by challenge, model and fingerprint, ordinally.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(GradedOutput other) =>
        Key.CompareTo(other.Key) is var byKey and not 0 ? byKey : Output.CompareTo(other.Output);
}
