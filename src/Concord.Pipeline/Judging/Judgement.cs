using System.Globalization;
using Concord.Core.Domain;

namespace Concord.Pipeline.Judging;

/// <summary>What there is to say of a pull request.</summary>
/// <param name="Proposal">The pull request, with full ids.</param>
/// <param name="Problems">What it brings that is wrong or needs a look, errors first; what the base has already is not among it.</param>
/// <param name="BaseErrors">How many errors the base has without it.</param>
/// <param name="Change">What it does; null where it could not be read, or must not.</param>
/// <param name="AgainstMerging">Why a person merges it; empty where CI does.</param>
/// <param name="Signatures">What signatures say; null where no keys are listed.</param>
public sealed record Judgement(
    Proposal Proposal,
    IReadOnlyList<Problem> Problems,
    int BaseErrors,
    ProposedChange? Change,
    IReadOnlyList<string> AgainstMerging,
    CommitSignatures? Signatures
)
{
    /// <summary>The label of a pull request that brings grades.</summary>
    public const string Grades = "grades";

    /// <summary>The label of a pull request whose outputs need another grader.</summary>
    public const string NeedsAnotherGrader = "needs-another-grader";

    /// <summary>Whether nothing is wrong with it.</summary>
    public bool Passed => Problems.All(p => p.Severity != Severity.Error);

    /// <summary>Whether CI merges it.</summary>
    public bool IsMergedByRule => Passed && AgainstMerging.Count == 0;

    /// <summary>The labels that it should have, of those that Concord gives.</summary>
    public IReadOnlyList<string> Labels =>
        [
            .. HasGrades ? [Grades] : Array.Empty<string>(),
            .. Passed && Change?.Effect.Wanting.Count > 0 ? [NeedsAnotherGrader] : Array.Empty<string>(),
        ];

    /// <summary>The labels that it should not have.</summary>
    public IReadOnlyList<string> OtherLabels => [.. new[] { Grades, NeedsAnotherGrader }.Except(Labels)];

    /// <summary>The line beside its last commit.</summary>
    public string Line
    {
        get
        {
            var errors = Count(Severity.Error);
            if (errors > 0)
                return $"Refused: {Counted(errors, "error")}";
            var wanting = Change?.Effect.Wanting.Count ?? 0;
            var warnings = Count(Severity.Warning);
            return string.Join(
                "; ",
                [
                    Brings,
                    .. warnings > 0 ? [Counted(warnings, "warning")] : Array.Empty<string>(),
                    .. wanting > 0
                        ? [$"{Counted(wanting, "output")} need{(wanting == 1 ? "s" : "")} another grader"]
                        : Array.Empty<string>(),
                ]
            );
        }
    }

    /// <summary>What it brings, such as <c>12 new grades by ada</c>.</summary>
    public string Brings
    {
        get
        {
            if (Change is null)
                return "No grades could be read";
            var moves = Change.Difference.Grades;
            var decisions = Change.Difference.Decisions;
            string[] kinds =
            [
                .. Kind(moves.Sum(m => m.Added), "new grade"),
                .. Kind(moves.Sum(m => m.Changed), "changed grade"),
                .. Kind(moves.Sum(m => m.Removed), "removed grade"),
                .. Kind(decisions.Sum(m => m.Added + m.Changed + m.Removed), "decision"),
            ];
            var who = moves.Concat(decisions).Select(m => m.Grader.Value).Distinct().Order(StringComparer.Ordinal).ToArray();
            return kinds.Length == 0
                ? "No grades change"
                : $"{string.Join(", ", kinds)} by {(who.Length <= 3 ? string.Join(" and ", who) : Counted(who.Length, "grader"))}";
        }
    }

    /// <summary>How many problems of a severity there are.</summary>
    public int Count(Severity severity) => Problems.Count(p => p.Severity == severity);

    internal static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private bool HasGrades => Change is { Difference: var d } && d.Grades.Count + d.Decisions.Count > 0;

    private static string[] Kind(int count, string noun) => count > 0 ? [Counted(count, noun)] : [];
}
