namespace Concord.Core.Statistics.RaterModels;

/// <summary>Minimises a smooth convex function by its gradient and the diagonal of its curvature.</summary>
/// <remarks>Source: Nocedal (1980), "Updating Quasi-Newton Matrices with Limited Storage", Math. Comput. 35(151).</remarks>
internal static class LimitedMemoryBfgs
{
    private const int Memory = 12;
    private const double Settled = 1e-9;

    /// <summary>Fills gradient and diagonal curvature at the point, and returns the function's value there.</summary>
    public delegate double Function(double[] at, double[] gradient, double[] curvature);

    /// <summary>Moves the point to the minimum.</summary>
    /// <param name="function">What to minimise.</param>
    /// <param name="point">Where to start, and where it ended.</param>
    /// <param name="mostIterations">After so many steps it gives up.</param>
    /// <param name="converged">Whether no coordinate would move by more than 10⁻⁹ on its own.</param>
    /// <returns>The number of steps.</returns>
    public static int Minimise(Function function, double[] point, int mostIterations, out bool converged)
    {
        var n = point.Length;
        var (gradient, curvature) = (new double[n], new double[n]);
        var (nextGradient, nextCurvature, next) = (new double[n], new double[n], new double[n]);
        var value = function(point, gradient, curvature);
        var memory = new Queue<(double[] Moved, double[] Turned, double Product)>();
        for (var iteration = 0; ; iteration++)
        {
            converged = true;
            for (var i = 0; i < n; i++)
                converged &= Math.Abs(gradient[i]) <= Settled * curvature[i];
            if (converged || iteration == mostIterations)
                return iteration;

            var step = Direction(gradient, curvature, memory);
            var slope = Dot(step, gradient);
            if (!(slope < 0))
            {
                memory.Clear();
                step = Direction(gradient, curvature, memory);
                slope = Dot(step, gradient);
            }
            var share = 1.0;
            double reached;
            while (true)
            {
                for (var i = 0; i < n; i++)
                    next[i] = point[i] + share * step[i];
                reached = function(next, nextGradient, nextCurvature);
                // Near the minimum the value no longer tells; the slope along the step does.
                var slack = 1e-13 * Math.Abs(value);
                if (reached <= value + 1e-4 * share * slope + slack)
                    break;
                share /= 2;
                if (share < 1e-12)
                    return iteration;
            }
            var moved = new double[n];
            var turned = new double[n];
            for (var i = 0; i < n; i++)
                (moved[i], turned[i]) = (next[i] - point[i], nextGradient[i] - gradient[i]);
            var product = Dot(moved, turned);
            if (product > 1e-14 * Math.Sqrt(Dot(moved, moved) * Dot(turned, turned)))
            {
                if (memory.Count == Memory)
                    memory.Dequeue();
                memory.Enqueue((moved, turned, product));
            }
            next.CopyTo(point, 0);
            (gradient, nextGradient) = (nextGradient, gradient);
            (curvature, nextCurvature) = (nextCurvature, curvature);
            value = reached;
        }
    }

    private static double[] Direction(
        double[] gradient,
        double[] curvature,
        Queue<(double[] Moved, double[] Turned, double Product)> memory
    )
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var pairs = memory.ToArray();
        var shares = new double[pairs.Length];
        for (var p = pairs.Length - 1; p >= 0; p--)
        {
            shares[p] = Dot(pairs[p].Moved, direction) / pairs[p].Product;
            Add(direction, -shares[p], pairs[p].Turned);
        }
        for (var i = 0; i < direction.Length; i++)
            direction[i] = curvature[i] > 0 ? direction[i] / curvature[i] : 0;
        for (var p = 0; p < pairs.Length; p++)
            Add(direction, shares[p] - Dot(pairs[p].Turned, direction) / pairs[p].Product, pairs[p].Moved);
        return direction;
    }

    private static void Add(double[] to, double factor, double[] vector)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] += factor * vector[i];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
