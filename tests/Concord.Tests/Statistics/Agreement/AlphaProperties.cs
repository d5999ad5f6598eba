using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Agreement;

public class AlphaProperties
{
    public static TheoryData<MeasurementLevel> Levels => [.. Enum.GetValues<MeasurementLevel>()];

    // Tables of up to 8 items × 5 raters with grades 0 to 5, about a third of them missing.
    private static readonly Gen<int[][]> Tables =
        from items in Gen.Choose(1, 8)
        from raters in Gen.Choose(1, 5)
        from table in Gen.Choose(-3, 5).ArrayOf(raters).ArrayOf(items)
        select table;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Alpha_is_what_the_definition_over_all_pairs_gives(MeasurementLevel level) =>
        ForAll(table => Same(Naive(table, level), Alpha(Rows(table), level).Value));

    [Theory]
    [MemberData(nameof(Levels))]
    public void Names_and_order_do_not_matter(MeasurementLevel level) =>
        ForAll(table =>
        {
            var rows = Rows(table);
            var renamed = rows.Reverse().Select(r => ($"{(char)('z' - r.Item[0] + '0')}", $"q{r.Rater}", r.Grade)).ToArray();
            return Alpha(rows, level) == Alpha(renamed, level)
                && KrippendorffAlpha.WithBootstrap(Patterns(rows), level, 10, 1)
                    == KrippendorffAlpha.WithBootstrap(Patterns(renamed), level, 10, 1);
        });

    [Theory]
    [MemberData(nameof(Levels))]
    public void An_item_with_one_rating_changes_nothing(MeasurementLevel level) =>
        ForAll(table =>
        {
            var rows = Rows(table);
            return new[] { -7, 4, 100 }.All(grade => Alpha(rows, level) == Alpha([.. rows, ("lonely", "r0", grade)], level));
        });

    [Theory]
    [MemberData(nameof(Levels))]
    public void Perfect_agreement_on_two_categories_is_one(MeasurementLevel level) =>
        ForAll(table =>
        {
            var perfect = table.SelectMany((row, item) => row.Select((_, rater) => ($"{item}", $"r{rater}", item % 2 * 3)));
            var alpha = Alpha([.. perfect], level);
            return table.Length > 1 && table[0].Length > 1 ? alpha.Value == 1 : alpha.Value is null;
        });

    [Theory]
    [MemberData(nameof(Levels))]
    public void Alpha_is_at_most_one_and_never_without_value_and_reason(MeasurementLevel level) =>
        ForAll(table =>
        {
            var alpha = KrippendorffAlpha.WithBootstrap(Patterns(Rows(table)), level, 20, 1);
            return alpha.Value is { } value
                ? value <= 1
                    && double.IsFinite(value)
                    && (alpha.Interval is { } i ? i.Low <= i.High && i.High <= 1 : alpha.UndefinedBecause is not null)
                : alpha.UndefinedBecause is not null;
        });

    [Fact]
    public void Percent_agreement_is_the_mean_share_of_agreeing_pairs() =>
        ForAll(table =>
        {
            var patterns = Patterns(Rows(table));
            return Same(NaiveShare(table, 0), PercentAgreement.Exact(patterns).Value)
                && Same(NaiveShare(table, 1), PercentAgreement.Within(patterns, 1).Value)
                && Same(NaiveShare(table, 2), PercentAgreement.Within(patterns, 2).Value);
        });

    private static void ForAll(Func<int[][], bool> holds) => Prop.ForAll(Tables.ToArbitrary(), holds).QuickCheckThrowOnFailure();

    private static (string Item, string Rater, int Grade)[] Rows(int[][] table) =>
        [
            .. table
                .SelectMany((row, item) => row.Select((grade, rater) => ($"{item}", $"r{rater}", grade)))
                .Where(r => r.grade >= 0),
        ];

    private static CountPatterns Patterns((string Item, string Rater, int Grade)[] rows)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, grade) in rows)
            builder.TryAdd(item, rater, grade);
        return CountPatterns.Of(builder.Build());
    }

    private static Estimate Alpha((string Item, string Rater, int Grade)[] rows, MeasurementLevel level) =>
        KrippendorffAlpha.Of(Patterns(rows), level);

    private static bool Same(double? a, double? b) => a is { } x ? b is { } y && Math.Abs(x - y) < 1e-9 : b is null;

    // Krippendorff's definition, pair by pair: mean squared difference within items over that between all.
    private static double? Naive(int[][] table, MeasurementLevel level)
    {
        int[][] units = [.. table.Select(row => row.Where(grade => grade >= 0).ToArray()).Where(row => row.Length > 1)];
        int[] pooled = [.. units.SelectMany(unit => unit)];
        double Metric(int a, int b) =>
            level switch
            {
                _ when a == b => 0,
                MeasurementLevel.Nominal => 1,
                MeasurementLevel.Interval => (a - b) * (a - b),
                MeasurementLevel.Ratio => Math.Pow((a - b) / (double)(a + b), 2),
                _ => Math.Pow(
                    pooled.Count(g => g >= Math.Min(a, b) && g <= Math.Max(a, b))
                        - pooled.Count(g => g == a) / 2.0
                        - pooled.Count(g => g == b) / 2.0,
                    2
                ),
            };
        double Pairs(int[] values) => values.Sum(a => values.Sum(b => Metric(a, b)));
        if (pooled.Distinct().Count() < 2)
            return null;
        return 1 - units.Sum(unit => Pairs(unit) / (unit.Length - 1)) / (Pairs(pooled) / (pooled.Length - 1));
    }

    private static double? NaiveShare(int[][] table, int distance)
    {
        int[][] units = [.. table.Select(row => row.Where(grade => grade >= 0).ToArray()).Where(row => row.Length > 1)];
        return units.Length == 0
            ? null
            : units.Average(unit =>
                (unit.Sum(a => unit.Count(b => Math.Abs(a - b) <= distance)) - unit.Length)
                / (double)(unit.Length * (unit.Length - 1))
            );
    }
}
