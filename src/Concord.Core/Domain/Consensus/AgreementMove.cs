namespace Concord.Core.Domain.Consensus;

/// <summary>Krippendorff's alpha of a criterion, at the level of its scale, at two moments.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Before">Its row of agreement.csv before; null where there was none.</param>
/// <param name="After">Its row after; null where there is none.</param>
public sealed record AgreementMove(CriterionId Criterion, AgreementRow? Before, AgreementRow? After);
