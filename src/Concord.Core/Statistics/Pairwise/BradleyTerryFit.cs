using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Summary;
using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Pairwise;

/// <summary>One item of a Bradley-Terry model.</summary>
/// <param name="Item">Its name.</param>
/// <param name="LogStrength">On the scale of log-odds, all items summing to zero.</param>
/// <param name="Rank">From 1, the strongest first; ties share the lowest; null without a strength.</param>
public sealed record BradleyTerryItem(string Item, Estimate LogStrength, int? Rank);

/// <summary>A fitted Bradley-Terry model.</summary>
/// <param name="Items">Sorted by name.</param>
/// <param name="Connected">Whether everybody lost to, or tied with, everybody else directly or through others: only then is there a finite estimate without a prior.</param>
/// <param name="HomeAdvantage">What being first adds, in log-odds; null where the model has none.</param>
/// <param name="Penalty">The weight of the prior, as given.</param>
/// <param name="Steps">How many Newton steps it took.</param>
/// <param name="UndefinedBecause">One sentence that says why there are no strengths; null where there are.</param>
public sealed record BradleyTerryFit(
    IReadOnlyList<BradleyTerryItem> Items,
    bool Connected,
    Estimate? HomeAdvantage,
    double Penalty,
    int Steps,
    string? UndefinedBecause
)
{
    private readonly double[,]? _covariance;

    internal BradleyTerryFit(BradleyTerryFit fit, double[,]? covariance, double confidence)
        : this(fit) => (_covariance, Confidence) = (covariance, confidence);

    /// <summary>The level of the intervals.</summary>
    public double Confidence { get; } = 0.95;

    /// <summary>The log-strength of one item over another's, with the interval that their covariance gives.</summary>
    /// <param name="a">Index of the first.</param>
    /// <param name="b">Index of the second; as a reference, this is the model with that item's strength at zero.</param>
    /// <returns>In log-odds; undefined where the model is.</returns>
    public Estimate Difference(int a, int b)
    {
        if (Items[a].LogStrength.Value is not { } first || Items[b].LogStrength.Value is not { } second)
            return Estimate.Undefined(UndefinedBecause!);
        if (_covariance is null)
            return new(first - second, NoIntervalBecause: Items[a].LogStrength.NoIntervalBecause);
        var variance = _covariance[a, a] + _covariance[b, b] - (2 * _covariance[a, b]);
        return Around(first - second, variance, Confidence);
    }

    /// <summary>The probability that one item beats another, on neutral ground, ties counting half.</summary>
    /// <param name="a">Index of the first.</param>
    /// <param name="b">Index of the second.</param>
    /// <returns>0 to 1, with its interval; undefined where the model is.</returns>
    public Estimate WinProbability(int a, int b)
    {
        var difference = Difference(a, b);
        return difference with
        {
            Value = difference.Value is { } d ? BradleyTerry.Logistic(d) : null,
            Interval = difference.Interval is { } i ? new(BradleyTerry.Logistic(i.Low), BradleyTerry.Logistic(i.High)) : null,
            StandardError = null,
        };
    }

    /// <summary>The ranks that the comparisons leave open: Wald tests of all differences, adjusted by Holm, at 5 %.</summary>
    /// <returns>In the order of <see cref="Items"/>; null where there are no standard errors.</returns>
    public IReadOnlyList<(int Low, int High)?> RankIntervals()
    {
        if (_covariance is null || UndefinedBecause is not null)
            return new (int, int)?[Items.Count];
        var pairs = new List<(int Better, int Worse, double P)>();
        for (var a = 0; a < Items.Count; a++)
        {
            for (var b = a + 1; b < Items.Count; b++)
            {
                var difference = Difference(a, b);
                if (difference is { Value: { } d, StandardError: > 0 and var error })
                    pairs.Add((d > 0 ? a : b, d > 0 ? b : a, 2 * Normal.CDF(0, 1, -Math.Abs(d) / error)));
            }
        }
        var adjusted = Holm.Adjust([.. pairs.Select(p => p.P)]);
        return Comparison.RankIntervals.Of(
            [.. Items.Select(i => i.Rank)],
            pairs.Where((_, i) => adjusted[i] < 0.05).Select(p => (p.Better, p.Worse))
        );
    }

    internal static Estimate Around(double value, double variance, double confidence)
    {
        var error = Math.Sqrt(Math.Max(0, variance));
        var reach = NormalQuantile.TwoSided(confidence) * error;
        return new(value, new(value - reach, value + reach), StandardError: error);
    }
}
