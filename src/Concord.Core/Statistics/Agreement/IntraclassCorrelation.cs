using Concord.Core.Statistics.RaterModels;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.Agreement;

/// <summary>One intraclass correlation with its test.</summary>
/// <param name="Form">Which of the six.</param>
/// <param name="Estimate">At most 1, with its interval; undefined with its reason.</param>
/// <param name="F">The ratio of mean squares that tests "items do not differ": items over within-items for the one-way forms,
/// items over residual for the two-way forms. Null where undefined, or where the lower mean square is zero.</param>
/// <param name="Degrees1">Degrees of freedom of the upper mean square; 0 where undefined.</param>
/// <param name="Degrees2">Degrees of freedom of the lower mean square; 0 where undefined.</param>
/// <param name="P">The probability of an F at least as large were there no differences between items, 0 to 1; null where F is.</param>
public sealed record IntraclassEstimate(
    IntraclassForm Form,
    Estimate Estimate,
    double? F = null,
    int Degrees1 = 0,
    int Degrees2 = 0,
    double? P = null
);

/// <summary>Intraclass correlations of a complete table: every rater rated every item.</summary>
/// <remarks>
/// Source: Shrout and Fleiss (1979), "Intraclass Correlations: Uses in Assessing Rater Reliability", Psychol. Bull. 86(2);
/// McGraw and Wong (1996), "Forming Inferences About Some Intraclass Correlation Coefficients", Psychol. Methods 1(1).
/// The interval of ICC(2,1) has Satterthwaite's degrees of freedom; that of ICC(2,k) is the Spearman-Brown step-up of its limits,
/// as in Shrout and Fleiss. McGraw and Wong derive the latter anew, which gives slightly other limits.
/// </remarks>
public static class IntraclassCorrelation
{
    /// <summary>Computes all six in one pass, in the order of <see cref="IntraclassForm"/>. O(ratings).</summary>
    /// <param name="ratings">The ratings; the categories are numbers.</param>
    /// <param name="confidence">Of the intervals; above 0, below 1.</param>
    /// <returns>Six estimates; each undefined with its reason when a rating is missing, there are fewer than two items or raters, all
    /// ratings are equal, or the form's denominator is not above zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static IReadOnlyList<IntraclassEstimate> Of(Ratings ratings, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ConfidenceInterval.Check(confidence);
        var scale = GradeScale.Of(ratings, out var why);
        why ??=
            ratings.Items.Count < 2 ? "There is a single item, so nothing tells items apart."
            : ratings.Raters.Count < 2 ? "There is a single rater, so nothing is compared."
            : (long)ratings.Items.Count * ratings.Raters.Count != ratings.Count
                ? "Not every rater rated every item; icc-reml-1 and icc-reml-k take missing ratings."
            : null;
        return why is null
            ? new MeanSquares(ratings, scale!.Scaled, confidence).All()
            : [.. Enum.GetValues<IntraclassForm>().Select(form => new IntraclassEstimate(form, Estimate.Undefined(why)))];
    }

    private sealed class MeanSquares
    {
        private const double Rounding = 1e-28; // a square of what is left of 1 − 1, each rating counted

        private readonly int n;
        private readonly int k;
        private readonly double confidence;
        private readonly double items;
        private readonly double raters;
        private readonly double residual;
        private readonly double within;

        public MeanSquares(Ratings ratings, double[] scaled, double confidence)
        {
            (n, k, this.confidence) = (ratings.Items.Count, ratings.Raters.Count, confidence);
            var itemMeans = new double[n];
            var raterMeans = new double[k];
            double grand = 0;
            for (var row = 0; row < ratings.Count; row++)
            {
                var value = scaled[ratings.CategoryOf[row]];
                itemMeans[row / k] += value / k;
                raterMeans[row % k] += value / n;
                grand += value;
            }
            grand /= ratings.Count;
            double sumResidual = 0;
            for (var row = 0; row < ratings.Count; row++)
            {
                var left = scaled[ratings.CategoryOf[row]] - itemMeans[row / k] - raterMeans[row % k] + grand;
                sumResidual += left * left;
            }
            var zero = Rounding * ratings.Count;
            double OrZero(double sum) => sum <= zero ? 0 : sum;
            var sumItems = OrZero(k * Spread.SquaresAround(itemMeans, grand));
            var sumRaters = OrZero(n * Spread.SquaresAround(raterMeans, grand));
            sumResidual = OrZero(sumResidual);
            items = sumItems / (n - 1);
            raters = sumRaters / (k - 1);
            residual = sumResidual / ((double)(n - 1) * (k - 1));
            within = (sumRaters + sumResidual) / ((double)n * (k - 1));
        }

        public IReadOnlyList<IntraclassEstimate> All()
        {
            var (one, two) = ((n - 1, n * (k - 1)), (n - 1, (n - 1) * (k - 1)));
            var agreement = items + (k - 1) * residual + k * (raters - residual) / n;
            var single = TwoWayRandomLimits((items - residual) / agreement);
            return
            [
                Form(IntraclassForm.OneWaySingle, items - within, items + (k - 1) * within, within, one, Single(within, one)),
                Form(IntraclassForm.TwoWayRandomSingle, items - residual, agreement, residual, two, single),
                Form(
                    IntraclassForm.TwoWayMixedSingle,
                    items - residual,
                    items + (k - 1) * residual,
                    residual,
                    two,
                    Single(residual, two)
                ),
                Form(IntraclassForm.OneWayAverage, items - within, items, within, one, StepUp(Single(within, one))),
                Form(
                    IntraclassForm.TwoWayRandomAverage,
                    items - residual,
                    items + (raters - residual) / n,
                    residual,
                    two,
                    StepUp(single)
                ),
                Form(IntraclassForm.TwoWayMixedAverage, items - residual, items, residual, two, StepUp(Single(residual, two))),
            ];
        }

        private static IntraclassEstimate Form(
            IntraclassForm form,
            double numerator,
            double denominator,
            double lower,
            (int One, int Two) degrees,
            (double Low, double High) limits
        )
        {
            // The upper mean square is the numerator and the lower one together.
            var f = Finite.OrNull((numerator + lower) / lower);
            var p = f is { } ratio ? Finite.OrNull(FisherF.UpperTail(ratio, degrees.One, degrees.Two)) : null;
            return new(form, Value(numerator, denominator, limits), f, degrees.One, degrees.Two, p);
        }

        private static Estimate Value(double numerator, double denominator, (double Low, double High) limits)
        {
            if (denominator <= 1e-14)
                return Estimate.Undefined(
                    "Items differ so little between their means that the variance to compare with is not above zero."
                );
            var value = Math.Min(1, numerator / denominator);
            return double.IsFinite(limits.Low) && double.IsFinite(limits.High) && limits.Low <= limits.High
                ? new(value, new(limits.Low, Math.Min(1, limits.High)))
                : new(value, NoIntervalBecause: "The ratings leave no error to measure the interval by, or too few to bound it.");
        }

        private (double Low, double High) Single(double lower, (int One, int Two) degrees)
        {
            if (lower == 0)
                return (double.NaN, double.NaN);
            var f = items / lower;
            var low = f / Quantile(degrees.One, degrees.Two);
            var high = f * Quantile(degrees.Two, degrees.One);
            return ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1));
        }

        private (double Low, double High) TwoWayRandomLimits(double icc)
        {
            var a = k * icc * raters;
            var b = (n * (1 + (k - 1) * icc) - k * icc) * residual;
            var degrees = (k - 1.0) * (n - 1.0) * (a + b) * (a + b) / ((n - 1) * a * a + b * b);
            if (!(degrees > 1e-3) || !double.IsFinite(degrees))
                return (double.NaN, double.NaN);
            var upper = Quantile(n - 1, degrees);
            var lower = Quantile(degrees, n - 1);
            var chance = k * raters + ((double)k * n - k - n) * residual;
            return (
                n * (items - upper * residual) / (upper * chance + n * items),
                n * (lower * items - residual) / (chance + n * lower * items)
            );
        }

        // Spearman and Brown's formula; it has a pole at −1/(k − 1), below which nothing is meant.
        private (double Low, double High) StepUp((double Low, double High) single)
        {
            double Of(double limit) => 1 + (k - 1) * limit is var part and > 1e-12 ? k * limit / part : double.NaN;
            return (Of(single.Low), Of(single.High));
        }

        private double Quantile(double degrees1, double degrees2) => FisherF.Quantile((1 + confidence) / 2, degrees1, degrees2);
    }
}
