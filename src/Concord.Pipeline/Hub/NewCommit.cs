namespace Concord.Pipeline.Hub;

/// <summary>What a commit is to have.</summary>
/// <param name="Summary">One line.</param>
/// <param name="Description">The lines after it; may be empty.</param>
/// <param name="Parent">The head that it is made for; null where there is none.</param>
/// <param name="Regular">Files that it carries whole.</param>
/// <param name="Large">Files that the store has.</param>
/// <param name="Removed">Paths that are to go.</param>
internal sealed record NewCommit(
    string Summary,
    string Description,
    string? Parent,
    IReadOnlyList<LocalFile> Regular,
    IReadOnlyList<LocalFile> Large,
    IReadOnlyList<string> Removed
);
