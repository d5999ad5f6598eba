using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>A grade that is on disk.</summary>
/// <param name="Grade">The row of the grade file.</param>
/// <param name="Version">Names this state of the grade: opaque, another one with every save, and the same after a restart.</param>
/// <param name="Commit">The short id of a commit that holds it; null while it is pending.</param>
/// <param name="Pending">Why it is not committed: a hook's output, or git's words; null where it is.</param>
public sealed record SavedGrade(Grade Grade, string Version, string? Commit, string? Pending)
{
    /// <summary>The version before the first save.</summary>
    public const string NoVersion = "";

    private const int VersionDigits = 16;

    internal static SavedGrade Of(Grade grade, string? commit, string? pending) => new(grade, VersionOf(grade), commit, pending);

    // Of the row itself, so that a page that stayed open while the host was started again still has the right one.
    private static string VersionOf(Grade grade)
    {
        var row = string.Join(
            '\u001f',
            [
                grade.Key.Challenge.Value,
                grade.Key.Model.Value,
                grade.Output.Value,
                .. grade.Scores.Select(NumberText.Of),
                Names.Of(grade.Status),
                grade.Notes,
                Timestamp.Of(grade.GradedAt),
            ]
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row)))[..VersionDigits];
    }
}
