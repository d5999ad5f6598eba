using Concord.Core.Domain;

namespace Concord.Pipeline.Importing;

/// <summary>One row of results.csv or of a grade file.</summary>
/// <param name="Path">The file, as messages name it.</param>
/// <param name="Line">1-based.</param>
/// <param name="Key">Which output.</param>
/// <param name="Passed">Whether its tests passed; null where the cell is blank.</param>
/// <param name="Grade">vizhub's "grade", which is functionality; null where the cell is blank, and 0 is a score.</param>
/// <param name="Aesthetics">Null where the cell is blank.</param>
/// <param name="Grader">The reviewer; null where the cell is blank.</param>
/// <param name="ReviewedAt">When, in whole seconds of UTC; null where the cell is blank.</param>
/// <param name="Notes">The reviewer's words; may be empty.</param>
internal sealed record VizhubRow(
    string Path,
    int Line,
    OutputKey Key,
    bool? Passed,
    double? Grade,
    double? Aesthetics,
    GraderId? Grader,
    DateTime? ReviewedAt,
    string Notes
)
{
    public bool HasScores => Grade is not null || Aesthetics is not null;
}
