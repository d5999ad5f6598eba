namespace Concord.Core.Domain;

/// <summary>The result of one automatic check of an output.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Passed">Whether it passed; null where it only measures.</param>
/// <param name="Value">What it measured, null where it only passes or fails.</param>
/// <param name="Detail">A sentence for people; may be empty.</param>
public sealed record CheckResult(string Name, bool? Passed, double? Value, string Detail);

/// <summary>One message of the conversation that was sent to a model.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">The text.</param>
public sealed record Message(string Role, string Content);

/// <summary>What a model answered to a challenge.</summary>
/// <param name="Key">The challenge and the model.</param>
/// <param name="Id">The fingerprint of its files; null where there are none, and then it cannot be graded.</param>
/// <param name="Failure">Why the model did not produce an output; null where it did.</param>
/// <param name="ChallengeDigest">The challenge's digest when the model was asked; null where not recorded.</param>
/// <param name="Request">The messages as sent; empty where not recorded.</param>
/// <param name="Checks">Results of automatic checks of these files.</param>
/// <param name="Files">Paths below <c>files/</c>, sorted by UTF-8 bytes.</param>
public sealed record Output(
    OutputKey Key,
    OutputId? Id,
    string? Failure,
    string? ChallengeDigest,
    IReadOnlyList<Message> Request,
    IReadOnlyList<CheckResult> Checks,
    IReadOnlyList<string> Files
)
{
    /// <summary>The licence that is recorded with it; null where none is, and then the model's may be known.</summary>
    public string? License { get; init; }

    /// <summary>How many results there are of other files than these; they do not count.</summary>
    public int StaleChecks { get; init; }
}
