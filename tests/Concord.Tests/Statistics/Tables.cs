using Concord.Core.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics;

/// <summary>Tables of items × raters for tests of variances.</summary>
internal static class Tables
{
    /// <summary>2 to 7 items × 2 to 5 raters with grades 0 to 5, complete.</summary>
    public static readonly Gen<double[][]> AnyComplete =
        from items in Gen.Choose(2, 7)
        from raters in Gen.Choose(2, 5)
        from table in Gen.Choose(0, 5).Select(grade => (double)grade).ArrayOf(raters).ArrayOf(items)
        select table;

    /// <summary>1 to 9 items × 1 to 6 raters with grades 0 to 5, about a third of them missing.</summary>
    public static readonly Gen<double[][]> AnySparse =
        from items in Gen.Choose(1, 9)
        from raters in Gen.Choose(1, 6)
        from table in Gen.Choose(-3, 5).Select(grade => grade < 0 ? double.NaN : grade).ArrayOf(raters).ArrayOf(items)
        select table;

    /// <summary>The ratings of a table; NaN is a missing one.</summary>
    public static Ratings Of(double[][] table)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, row) in table.Index())
        foreach (var (rater, grade) in row.Index())
        {
            if (!double.IsNaN(grade))
                builder.TryAdd($"i{item:D7}", $"r{rater:D7}", grade);
        }
        return builder.Build();
    }

    /// <summary>The same ratings, last first, and each side's names the other way round.</summary>
    public static Ratings Reversed(double[][] table)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, row) in table.Index().Reverse())
        foreach (var (rater, grade) in row.Index().Reverse())
        {
            if (!double.IsNaN(grade))
                builder.TryAdd($"i{9_000_000 - item}", $"r{9_000_000 - rater}", grade);
        }
        return builder.Build();
    }

    /// <summary>A finite value inside its interval, or a reason.</summary>
    public static bool IsSound(Estimate estimate) =>
        estimate.Value is { } value
            ? double.IsFinite(value)
                && estimate.UndefinedBecause is null
                && (
                    estimate.Interval is { } interval
                        ? double.IsFinite(interval.Low)
                            && double.IsFinite(interval.High)
                            && interval.Low <= interval.High
                            && estimate.NoIntervalBecause is null
                        : estimate.NoIntervalBecause is not null
                )
            : estimate is { UndefinedBecause: not null, Interval: null };
}
