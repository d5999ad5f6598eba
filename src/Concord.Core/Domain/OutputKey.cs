namespace Concord.Core.Domain;

/// <summary>Which output is meant, whatever its current bytes: a challenge and the model that answered it.</summary>
/// <param name="Challenge">The challenge.</param>
/// <param name="Model">The model, with the sample's number.</param>
public readonly record struct OutputKey(ChallengeId Challenge, ModelId Model) : IComparable<OutputKey>
{
    /// <summary>By challenge, then model, ordinally.</summary>
    /// <param name="other">The other key.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(OutputKey other) =>
        Challenge.CompareTo(other.Challenge) is var byChallenge and not 0 ? byChallenge : Model.CompareTo(other.Model);

    /// <summary>The folder of the output, relative to the workspace.</summary>
    public string Folder => $"benchmarks/outputs/{Challenge}/{Model}";

    /// <inheritdoc/>
    public override string ToString() => $"{Challenge} by {Model}";
}
