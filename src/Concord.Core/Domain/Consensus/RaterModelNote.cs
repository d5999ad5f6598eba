namespace Concord.Core.Domain.Consensus;

/// <summary>Which rater model stands behind the expected losses of a criterion, and how its fit went.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Model">The model's name as <c>--method</c> writes it; empty where there is none.</param>
/// <param name="Iterations">Iterations made.</param>
/// <param name="Converged">Whether they settled.</param>
/// <param name="NoneBecause">One sentence that says why there is none although one was wanted; else null.</param>
public sealed record RaterModelNote(CriterionId Criterion, string Model, int Iterations, bool Converged, string? NoneBecause)
{
    /// <summary>Whether the fit started from an earlier one, so that its last digits depend on that one.</summary>
    public bool IsWarm { get; init; }
}
