namespace Concord.Core.Statistics.RaterModels;

/// <summary>The fit of grade = mean + item + rater + residual by restricted maximum likelihood.</summary>
/// <remarks>
/// Newton steps with the average of observed and expected information; a component that a step takes below zero stays at zero as long
/// as the likelihood falls from there. A step that lowers the likelihood is shortened.
/// Source: Patterson and Thompson (1971), "Recovery of Inter-Block Information when Block Sizes are Unequal", Biometrika 58(3);
/// Gilmour, Thompson and Cullis (1995), "Average Information REML", Biometrics 51(4).
/// </remarks>
internal sealed class CrossedReml
{
    public const int MostIterations = 200;

    private const double Exact = 1e-9;
    private const double Settled = 1e-16;
    private const double Stuck = 1e-8;

    private static readonly double[] Dampings = [0, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000];

    private readonly CrossedDesign design;
    private readonly double variance;
    private double likelihood;
    private double[] score = [];
    private double[,] information = new double[3, 3];

    private CrossedReml(CrossedDesign design, double variance)
    {
        this.design = design;
        this.variance = variance;
        Variances = [variance / 3, variance / 3, variance / 3];
        Solution = Solve(Variances, out likelihood);
        Differentiate();
        while (!Converged && Iterations < MostIterations && Advance())
            Iterations++;
        Covariance = Inverse(_ => true, 0);
    }

    /// <summary>The components of the larger side, the smaller side and the residual, in the unit of the scaled grades squared.</summary>
    public double[] Variances { get; private set; }

    /// <summary>The equations at these components.</summary>
    public CrossedSolution Solution { get; private set; }

    public int Iterations { get; private set; }

    public bool Converged { get; private set; }

    /// <summary>The covariance of the components from the average information; null where that is singular.</summary>
    public double[,]? Covariance { get; }

    public static CrossedReml? Of(CrossedDesign design, out string? why)
    {
        why = null;
        if (design.Count - (design.Many + design.Few - design.Parts()) <= 0)
            why = "Too few ratings overlap to tell rater bias and quality from chance.";
        else
        {
            var mean = design.Grades.Average();
            var squares = design.Grades.Sum(grade => (grade - mean) * (grade - mean));
            var free = new CrossedSolution(design, 1e6, 1e6).Residuals.Sum(e => e * e);
            if (free > Exact * squares)
                return new(design, squares / (design.Count - 1));
            why = "Every rating is the sum of its item and its rater, so there is no residual to measure them by.";
        }
        return null;
    }

    private CrossedSolution Solve(double[] variances, out double likelihood)
    {
        var residual = variances[2];
        var solution = new CrossedSolution(design, variances[0] / residual, variances[1] / residual);
        likelihood =
            -0.5
            * (
                solution.LogDeterminant
                + (design.Count - 1) * Math.Log(residual)
                + Math.Log(solution.Weight)
                + solution.Quadratic / residual
            );
        return solution;
    }

    private void Differentiate()
    {
        var residual = Variances[2];
        var e = Solution.Residuals;
        var manySums = Solution.SumsOfMany(e);
        var fewSums = Solution.SumsOfFew(e);
        var ofMany = new double[design.Count];
        var ofFew = new double[design.Count];
        for (var member = 0; member < design.Many; member++)
        for (var row = design.StartOfMany[member]; row < design.StartOfMany[member + 1]; row++)
            (ofMany[row], ofFew[row]) = (manySums[member], fewSums[design.FewOf[row]]);

        double[] traces =
        [
            Solution.TraceMany,
            Solution.TraceFew,
            design.Count - 1 - (Variances[0] * Solution.TraceMany + Variances[1] * Solution.TraceFew) / residual,
        ];
        double[][] directions = [ofMany, ofFew, e];
        score = new double[3];
        information = new double[3, 3];
        for (var a = 0; a < 3; a++)
        {
            score[a] = 0.5 * (Dot(e, directions[a]) / residual - traces[a]) / residual;
            var projected = Solution.Projected(directions[a]);
            for (var b = 0; b <= a; b++)
                information[a, b] = information[b, a] = 0.5 * Dot(projected, directions[b]) / residual / residual / residual;
        }
    }

    // The average information can miss what a component is known by; the information that an expectation-maximisation step goes by never
    // does, so it is mixed in until a step gains.
    private bool Advance()
    {
        var gain = double.PositiveInfinity;
        foreach (var damping in Dampings)
        {
            if (Step(damping) is not { } step)
                continue;
            gain = Dot(step, score);
            if (gain < Settled)
            {
                Converged = true;
                return false;
            }
            foreach (var share in (double[])[1, 0.5, 0.25])
            {
                double[] next = [.. Variances.Zip(step, (from, by) => Math.Max(0, from + share * by))];
                next[2] = Math.Max(next[2], Variances[2] / 10);
                var solution = Solve(next, out var reached);
                if (!(reached >= likelihood - 1e-12 * Math.Abs(likelihood)))
                    continue;
                (Variances, Solution, likelihood) = (next, solution, reached);
                Differentiate();
                return true;
            }
        }
        Converged = gain < Stuck; // what is left to gain is lost in rounding
        return false;
    }

    private double[]? Step(double damping)
    {
        var held = new bool[3];
        for (var a = 0; a < 2; a++)
            held[a] = Variances[a] == 0 && score[a] <= 0;
        while (true)
        {
            if (Inverse(a => !held[a], damping) is not { } inverse)
                return null;
            var step = new double[3];
            for (var a = 0; a < 3; a++)
            for (var b = 0; b < 3; b++)
                step[a] += inverse[a, b] * score[b];
            var leaving = Array.FindIndex([0, 1], a => !held[a] && Variances[a] == 0 && step[a] < 0);
            if (leaving < 0)
                return step;
            held[leaving] = true;
        }
    }

    // Of the information of the free components, zero for the others; null where they cannot be told apart.
    private double[,]? Inverse(Func<int, bool> isFree, double damping)
    {
        int[] sizes = [design.Many, design.Few, design.Count];
        int[] free = [.. Enumerable.Range(0, 3).Where(isFree)];
        var n = free.Length;
        var scale = new double[n];
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            var at = Math.Max(Variances[free[i]], variance / 100);
            var expected = sizes[free[i]] / (2 * at * at);
            var known = information[free[i], free[i]] + damping * expected;
            if (known <= 1e-9 * expected)
                return null;
            scale[i] = 1 / Math.Sqrt(known);
        }
        for (var i = 0; i < n; i++)
        for (var j = 0; j < n; j++)
            matrix[i * n + j] = i == j ? 1 : information[free[i], free[j]] * scale[i] * scale[j];
        if (!(PositiveDefinite.Invert(matrix, n) > -30) || matrix.Any(value => !double.IsFinite(value)))
            return null;
        var inverse = new double[3, 3];
        for (var i = 0; i < n; i++)
        for (var j = 0; j < n; j++)
            inverse[free[i], free[j]] = matrix[i * n + j] * scale[i] * scale[j];
        return inverse;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
