namespace Concord.Core.Statistics.RaterModels;

/// <summary>Each rater errs by distances: a grade d units off the true one is exp(−λ d) times as likely as the true one itself, λ the
/// rater's precision.</summary>
/// <remarks>
/// A Laplace distribution on the grades there are, with one parameter a rater whatever their number, so that few grades tell it. Precisions are
/// shrunk to that of the model in which all raters are alike, which is fitted first and then held: its grades count as
/// <see cref="RaterModelOptions.Strength"/> ratings more of each rater, the conjugate prior of this exponential family. The penalised
/// objective is one function, and never falls.
/// </remarks>
internal static class Laplace
{
    // In the mean distance of neighbouring grades: flat, and as good as certain.
    private const double Flattest = 1e-3;
    private const double Steepest = 40;
    private const int MostSteps = 60;
    private const double Close = 1e-10;

    public static RaterModelFit Fit(Ratings ratings, RaterModelOptions options, CancellationToken cancel)
    {
        if (ratings.CategoryValues is not { } values)
            return RaterModelFit.Undefined(
                RaterModel.Laplace,
                ratings,
                "Some classes are not numbers, and distances need numbers."
            );
        var grid = new Grid(values);
        var alike = Iterate(Merged(ratings), grid, options, null, new double[grid.Classes], 0, new double[1], cancel);
        var pooled = alike.Precisions[0];
        var share = alike.Outcome.Prior;
        var distance = options.Strength * grid.MeanDistance(pooled, share);
        var pseudo = Array.ConvertAll(share, p => options.Strength * p);
        var fitted = Iterate(
            ratings,
            grid,
            options,
            ConfusionModel.StartFrom(options.From, ratings),
            pseudo,
            distance,
            new double[ratings.Raters.Count],
            cancel
        );
        return ConfusionModel.Fit(
            RaterModel.Laplace,
            ratings,
            fitted.Outcome,
            fitted.Outcome.Chances,
            Array.ConvertAll(fitted.Precisions, p => p / grid.Unit)
        );
    }

    private static (ConfusionModel.Outcome Outcome, double[] Precisions) Iterate(
        Ratings ratings,
        Grid grid,
        RaterModelOptions options,
        (double[] Prior, double[] Chances)? start,
        double[] pseudo,
        double pseudoDistance,
        double[] precisions,
        CancellationToken cancel
    )
    {
        double Precision(int rater, ReadOnlySpan<double> counts, int stride, Span<double> chances)
        {
            var weights = (double[])pseudo.Clone();
            var distance = pseudoDistance;
            for (var given = 0; given < grid.Classes; given++)
            for (var t = 0; t < grid.Classes; t++)
            {
                weights[t] += counts[given * stride + t];
                distance += counts[given * stride + t] * grid.Distance(t, given);
            }
            var precision = grid.Solve(weights, distance);
            precisions[rater] = precision;
            return grid.Fill(precision, chances, pseudo) - precision * pseudoDistance;
        }

        return (ConfusionModel.Iterate(ratings, options, Precision, start, cancel), precisions);
    }

    /// <summary>The same ratings as if one rater had given them all.</summary>
    private static Ratings Merged(Ratings ratings)
    {
        var categoryOf = ratings.CategoryOf.ToArray();
        for (var item = 0; item < ratings.Items.Count; item++)
            categoryOf.AsSpan(ratings.StartOfItem[item]..ratings.StartOfItem[item + 1]).Sort();
        return new(
            ratings.Items,
            ["all"],
            [.. ratings.Categories],
            [.. ratings.CategoryValues!],
            new(null, new int[ratings.Count], categoryOf, ratings.StartOfItem.ToArray())
        );
    }

    /// <summary>The distances between grades, in the mean distance of neighbours.</summary>
    private sealed class Grid
    {
        private readonly double[] distances;

        public Grid(IReadOnlyList<double> values)
        {
            Classes = values.Count;
            Unit = Classes > 1 ? (values[^1] - values[0]) / (Classes - 1) : 1;
            distances = new double[Classes * Classes];
            for (var a = 0; a < Classes; a++)
            for (var b = 0; b < Classes; b++)
                distances[a * Classes + b] = Math.Abs(values[a] / Unit - values[b] / Unit);
        }

        public int Classes { get; }

        public double Unit { get; }

        public double Distance(int a, int b) => distances[a * Classes + b];

        /// <summary>The mean distance of a grade from the true one, over true ones of the given shares.</summary>
        public double MeanDistance(double precision, ReadOnlySpan<double> shares)
        {
            double mean = 0;
            for (var t = 0; t < Classes; t++)
                mean += shares[t] * Moments(t, precision).Mean;
            return mean;
        }

        /// <summary>The precision whose expected distances are the given ones: Newton's steps between bounds, since their sum falls in it.</summary>
        public double Solve(ReadOnlySpan<double> weights, double distance)
        {
            var (low, high) = (Flattest, Steepest);
            var precision = 1.0;
            for (var step = 0; step < MostSteps && high - low > Close * high; step++)
            {
                var (excess, slope) = (-distance, 0.0);
                for (var t = 0; t < Classes; t++)
                {
                    var (mean, variance) = Moments(t, precision);
                    excess += weights[t] * mean;
                    slope += weights[t] * variance;
                }
                if (excess > 0)
                    low = precision;
                else
                    high = precision;
                var next = slope > 0 ? precision + excess / slope : double.NaN;
                if (next > low && next < high && Math.Abs(next - precision) <= Close * precision)
                    return next;
                precision = next > low && next < high ? next : (low + high) / 2;
            }
            return precision;
        }

        /// <summary>Writes the chance of each grade given each true one.</summary>
        /// <returns>−Σ weight · ln of what makes each row sum to 1.</returns>
        public double Fill(double precision, Span<double> chances, ReadOnlySpan<double> weights)
        {
            double penalty = 0;
            for (var t = 0; t < Classes; t++)
            {
                double sum = 0;
                for (var given = 0; given < Classes; given++)
                    sum += chances[t * Classes + given] = PortableMath.Exp(-precision * distances[t * Classes + given]);
                for (var given = 0; given < Classes; given++)
                    chances[t * Classes + given] /= sum;
                if (weights[t] > 0)
                    penalty -= weights[t] * PortableMath.Log(sum);
            }
            return penalty;
        }

        private (double Mean, double Variance) Moments(int t, double precision)
        {
            var (sum, first, second) = (0.0, 0.0, 0.0);
            foreach (var d in distances.AsSpan(t * Classes, Classes))
            {
                var weight = PortableMath.Exp(-precision * d);
                sum += weight;
                first += weight * d;
                second += weight * d * d;
            }
            var mean = first / sum;
            return (mean, Math.Max(0, second / sum - mean * mean));
        }
    }
}
