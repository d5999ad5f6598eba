namespace Concord.Core.Statistics.RaterModels;

/// <summary>The likelihood of the grades given each item's total: the items' qualities drop out, so that severities and thresholds are
/// estimated without them, however few ratings an item has.</summary>
/// <remarks>
/// A score x by rater r has the weight exp(−x·severity − curve(x)); the conditional distribution comes from a forward and a backward
/// pass over the item's raters. Parameters: a severity each rater, then curve(2) to curve(top); curve(0) = curve(1) = 0.
/// Source: Andersen (1977), "Sufficient Statistics and Latent Trait Models", Psychometrika 42(1); Andrich (1978), "A Rating Formulation
/// for Ordered Response Categories", Psychometrika 43(4).
/// </remarks>
internal sealed class RatingScaleLikelihood
{
    private const double MostLogits = 1e4;

    private readonly RatingScaleData data;
    private readonly double[] observed;
    private readonly double[] qualities;
    private double[] weights = [];
    private double[] forward = [];
    private double[] backward = [];
    private double[] previous = [];
    private double[] shares = [];

    public RatingScaleLikelihood(RatingScaleData data)
    {
        this.data = data;
        Parameters = data.Raters + Math.Max(0, data.Top - 1);
        observed = new double[Parameters];
        qualities = new double[data.Groups.Count];
        for (var item = 0; item < data.Items; item++)
        {
            var raters = data.RatersOf(item);
            var scores = data.ScoresOf(item);
            for (var i = 0; i < raters.Length; i++)
            {
                observed[raters[i]] += scores[i];
                if (scores[i] >= 2)
                    observed[data.Raters + scores[i] - 2]++;
            }
        }
    }

    public int Parameters { get; }

    private int Width => data.Top + 1;

    public double Curve(double[] parameters, int score) => score < 2 ? 0 : parameters[data.Raters + score - 2];

    /// <summary>Minus the log-likelihood, its gradient, and the diagonal of an approximation to its second derivative.</summary>
    public double Evaluate(double[] parameters, double[] gradient, double[] curvature)
    {
        observed.CopyTo(gradient, 0);
        Array.Clear(curvature);
        double energy = 0;
        for (var p = 0; p < Parameters; p++)
            energy += observed[p] * parameters[p];
        for (var index = 0; index < data.Groups.Count; index++)
        {
            var group = data.Groups[index];
            energy += group.Items * Distribute(index, parameters);
            var raters = data.RatersOf(group.First);
            for (var i = 0; i < raters.Length; i++)
            {
                var (mean, variance) = Moments(i);
                gradient[raters[i]] -= group.Items * mean;
                curvature[raters[i]] += group.Items * variance;
                for (var x = 2; x < Width; x++)
                {
                    var share = shares[i * Width + x];
                    gradient[data.Raters + x - 2] -= group.Items * share;
                    curvature[data.Raters + x - 2] += group.Items * share * (1 - share);
                }
            }
        }
        return energy;
    }

    /// <summary>Mean and variance of the score of the i-th rater of the group that was distributed last.</summary>
    public (double Mean, double Variance) Moments(int i)
    {
        double mean = 0;
        double square = 0;
        for (var x = 1; x < Width; x++)
        {
            mean += x * shares[i * Width + x];
            square += (double)x * x * shares[i * Width + x];
        }
        return (mean, Math.Max(0, square - mean * mean));
    }

    /// <summary>The distribution of each rater's score given the total.</summary>
    /// <remarks>The quality drops out whatever it is. At one that suits the total, the weights of the ways to it are among the largest;
    /// at another they would vanish beside those to other totals.</remarks>
    /// <returns>The logarithm of the sum of the weights of all ways to the total.</returns>
    public double Distribute(int index, double[] parameters)
    {
        var group = data.Groups[index];
        var raters = data.RatersOf(group.First);
        var (n, total, width) = (raters.Length, group.Total, Width);
        var stride = total + 1;
        Ensure(ref forward, n * stride);
        Ensure(ref backward, stride);
        Ensure(ref previous, stride);
        Ensure(ref weights, n * width);
        var log = SetQuality(index, parameters, near: 0.25) - total * qualities[index];
        shares.AsSpan(0, n * width).CopyTo(weights);

        // forward[i][s]: the weight of the raters before i having s together.
        forward.AsSpan(0, stride).Clear();
        forward[0] = 1;
        for (var i = 0; i + 1 < n; i++)
        {
            var from = forward.AsSpan(i * stride, stride);
            var to = forward.AsSpan((i + 1) * stride, stride);
            var w = weights.AsSpan(i * width, width);
            to.Clear();
            for (var s = Math.Max(0, total - (n - i) * data.Top); s <= Math.Min(total, i * data.Top); s++)
            for (var x = 0; x <= Math.Min(data.Top, total - s); x++)
                to[s + x] += w[x] * from[s];
            log += Normalise(to);
        }

        // backward[s]: the weight of the raters after i completing s to the total.
        var after = backward.AsSpan(0, stride);
        var before = previous.AsSpan(0, stride);
        after.Clear();
        after[total] = 1;
        for (var i = n - 1; i >= 0; i--)
        {
            var from = forward.AsSpan(i * stride, stride);
            var w = weights.AsSpan(i * width, width);
            var share = shares.AsSpan(i * width, width);
            share.Clear();
            before.Clear();
            for (var s = Math.Max(0, total - (n - i) * data.Top); s <= Math.Min(total, i * data.Top); s++)
            for (var x = 0; x <= Math.Min(data.Top, total - s); x++)
            {
                var way = w[x] * after[s + x];
                before[s] += way;
                share[x] += from[s] * way;
            }
            double sum = 0;
            foreach (var value in share)
                sum += value;
            if (i == n - 1)
                log += Math.Log(sum);
            foreach (ref var value in share)
                value /= sum;
            Normalise(before);
            var spare = after;
            after = before;
            before = spare;
        }
        return log;
    }

    /// <summary>The distribution of each rater's score at the quality at which the expected total is the group's.</summary>
    public void DistributeAtLikeliestQuality(int index, double[] parameters) => SetQuality(index, parameters, near: 1e-10);

    private double SetQuality(int index, double[] parameters, double near)
    {
        var group = data.Groups[index];
        var raters = data.RatersOf(group.First);
        Ensure(ref shares, raters.Length * Width);
        var (low, high) = (-MostLogits, MostLogits);
        while (true)
        {
            var quality = qualities[index];
            double log = 0;
            double expected = 0;
            double slope = 0;
            for (var i = 0; i < raters.Length; i++)
            {
                log += SetShares(i, raters[i], quality, parameters);
                var (mean, variance) = Moments(i);
                expected += mean;
                slope += variance;
            }
            var left = group.Total - expected;
            if (Math.Abs(left) < near || high - low < 1e-11)
                return log;
            (low, high) = left > 0 ? (quality, high) : (low, quality);
            var next = quality + left / slope;
            qualities[index] = next > low && next < high ? next : (low + high) / 2;
        }
    }

    // Returns the logarithm of what the shares were divided by.
    private double SetShares(int i, int rater, double quality, double[] parameters)
    {
        var share = shares.AsSpan(i * Width, Width);
        var largest = double.NegativeInfinity;
        for (var x = 0; x < Width; x++)
        {
            share[x] = x * (quality - parameters[rater]) - Curve(parameters, x);
            largest = Math.Max(largest, share[x]);
        }
        double sum = 0;
        foreach (ref var value in share)
            sum += value = Math.Exp(value - largest);
        foreach (ref var value in share)
            value /= sum;
        return largest + Math.Log(sum);
    }

    private static double Normalise(Span<double> values)
    {
        double largest = 0;
        foreach (var value in values)
            largest = Math.Max(largest, value);
        if (largest == 0)
            return double.NegativeInfinity;
        foreach (ref var value in values)
            value /= largest;
        return Math.Log(largest);
    }

    private static void Ensure(ref double[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new double[Math.Max(length, 2 * buffer.Length)];
    }
}
