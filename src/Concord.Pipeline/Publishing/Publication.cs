namespace Concord.Pipeline.Publishing;

/// <summary>What became of a publication.</summary>
/// <param name="Branch">Where.</param>
/// <param name="Source">The commit whose grades were counted.</param>
/// <param name="Commit">The commit that was pushed on top of it; null where it was up to date, or was not to be pushed.</param>
/// <param name="Changed">The files that are new, or other than before.</param>
/// <param name="Pushes">How often it was pushed; more than once where somebody else pushed meanwhile.</param>
/// <param name="Grades">How many grades were counted.</param>
public sealed record Publication(
    string Branch,
    string Source,
    string? Commit,
    IReadOnlyList<string> Changed,
    int Pushes,
    int Grades
);
