namespace Concord.Pipeline.Submitting;

/// <summary>How a grader agrees with others on a criterion, over what both graded.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Items">How many outputs.</param>
/// <param name="Alpha">Krippendorff's alpha; null where it is undefined.</param>
/// <param name="UndefinedBecause">Why it is.</param>
public sealed record SharedCriterion(string Criterion, int Items, double? Alpha, string? UndefinedBecause);
