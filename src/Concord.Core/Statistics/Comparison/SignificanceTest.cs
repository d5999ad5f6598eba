namespace Concord.Core.Statistics.Comparison;

/// <summary>What a test of "no difference" says.</summary>
/// <param name="Statistic">The test's own statistic, finite; null where the test is undefined.</param>
/// <param name="P">The probability of a statistic at least as extreme were there no difference, 0 to 1; null where the test is undefined.</param>
/// <param name="Method">How <paramref name="P"/> was found, such as <c>exact</c>.</param>
/// <param name="DegreesOfFreedom">Of Student's distribution; null where another is used.</param>
/// <param name="Interval">The interval of the difference that the test inverts; null where it has none.</param>
/// <param name="UndefinedBecause">One sentence that says why there is no statistic; null where there is one.</param>
public sealed record SignificanceTest(
    double? Statistic,
    double? P,
    string Method,
    double? DegreesOfFreedom = null,
    ConfidenceInterval? Interval = null,
    string? UndefinedBecause = null
)
{
    internal static SignificanceTest Undefined(string method, string reason) => new(null, null, method, UndefinedBecause: reason);
}
