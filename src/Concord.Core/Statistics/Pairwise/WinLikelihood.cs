namespace Concord.Core.Statistics.Pairwise;

/// <summary>The log-likelihood of a Bradley-Terry model, less its penalty, with Newton's step and the covariance.</summary>
/// <remarks>
/// Strengths are known up to a constant, so the information is singular along (1, …, 1). 1/n added to every entry between items
/// mends that and changes no step, since a gradient has no part along it.
/// </remarks>
internal sealed class WinLikelihood(WinTable table, double penalty, bool home)
{
    private const int DenseUpTo = 200;

    // An inexact step still climbs.
    private const int MostRounds = 2000;

    private readonly int items = table.Items.Count;

    public int Parameters => items + (home ? 1 : 0);

    public double At(double[] theta)
    {
        double sum = 0;
        foreach (var p in table.Pairs)
        {
            var odds = LogOdds(p, theta);
            sum -= (p.Score * LogOnePlusExp(-odds)) + ((p.Total - p.Score) * LogOnePlusExp(odds));
        }
        for (var i = 0; i < items; i++)
            sum -= penalty * theta[i] * theta[i];
        return sum;
    }

    public double[] NewtonStep(double[] theta)
    {
        var gradient = Gradient(theta);
        return Parameters <= DenseUpTo ? Solve(Information(theta), gradient) : ConjugateGradient(theta, gradient);
    }

    /// <summary>The inverse information, without the part along (1, …, 1).</summary>
    public double[,] Covariance(double[] theta)
    {
        var inverse = Inverse(Information(theta));
        var along = 1 / (items * (1 + (2 * penalty)));
        for (var i = 0; i < items; i++)
        for (var j = 0; j < items; j++)
            inverse[i, j] -= along;
        return inverse;
    }

    /// <summary>How much the comparisons say of the home advantage; about 0 where it runs off to infinity.</summary>
    public double HomeInformation(double[] theta) => table.Pairs.Sum(p => Weight(p, theta));

    private double LogOdds(WinPair p, double[] theta) => theta[p.Left] - theta[p.Right] + (home ? theta[items] : 0);

    private static double LogOnePlusExp(double x) => x > 0 ? x + Log1P(Math.Exp(-x)) : Log1P(Math.Exp(x));

    // ln(1 + x) without the loss of small x (Kahan).
    private static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    private double[] Gradient(double[] theta)
    {
        var gradient = new double[Parameters];
        foreach (var p in table.Pairs)
        {
            // Not score − expected: of 10⁹ wins against one, their difference has few digits left.
            var odds = LogOdds(p, theta);
            var excess = (p.Score * BradleyTerry.Logistic(-odds)) - ((p.Total - p.Score) * BradleyTerry.Logistic(odds));
            gradient[p.Left] += excess;
            gradient[p.Right] -= excess;
            if (home)
                gradient[items] += excess;
        }
        for (var i = 0; i < items; i++)
            gradient[i] -= 2 * penalty * theta[i];
        return gradient;
    }

    private double Weight(WinPair p, double[] theta)
    {
        var odds = LogOdds(p, theta);
        return p.Total * BradleyTerry.Logistic(odds) * BradleyTerry.Logistic(-odds);
    }

    private double[,] Information(double[] theta)
    {
        var information = new double[Parameters, Parameters];
        for (var i = 0; i < items; i++)
        {
            for (var j = 0; j < items; j++)
                information[i, j] = 1.0 / items;
            information[i, i] += 2 * penalty;
        }
        foreach (var p in table.Pairs)
        {
            var weight = Weight(p, theta);
            information[p.Left, p.Left] += weight;
            information[p.Right, p.Right] += weight;
            information[p.Left, p.Right] -= weight;
            information[p.Right, p.Left] -= weight;
            if (!home)
                continue;
            information[items, items] += weight;
            information[p.Left, items] += weight;
            information[items, p.Left] += weight;
            information[p.Right, items] -= weight;
            information[items, p.Right] -= weight;
        }
        return information;
    }

    // Cholesky's factor in the lower triangle.
    private static void Factor(double[,] a)
    {
        var n = a.GetLength(0);
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++)
                    sum -= a[i, k] * a[j, k];
                a[i, j] = i == j ? Math.Sqrt(sum) : sum / a[j, j];
            }
        }
    }

    private static void Substitute(double[,] factor, Span<double> x)
    {
        var n = x.Length;
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= factor[i, k] * x[k];
            x[i] /= factor[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                x[i] -= factor[k, i] * x[k];
            x[i] /= factor[i, i];
        }
    }

    private static double[] Solve(double[,] matrix, double[] right)
    {
        Factor(matrix);
        Substitute(matrix, right);
        return right;
    }

    private static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        Factor(matrix);
        var inverse = new double[n, n];
        var column = new double[n];
        for (var c = 0; c < n; c++)
        {
            Array.Clear(column);
            column[c] = 1;
            Substitute(matrix, column);
            for (var r = 0; r < n; r++)
                inverse[r, c] = column[r];
        }
        return inverse;
    }

    // For many items: only pairs that met are touched. Preconditioned by the diagonal.
    private double[] ConjugateGradient(double[] theta, double[] right)
    {
        var weights = new double[table.Pairs.Count];
        var diagonal = new double[Parameters];
        for (var i = 0; i < items; i++)
            diagonal[i] = (2 * penalty) + (1.0 / items);
        for (var e = 0; e < weights.Length; e++)
        {
            var p = table.Pairs[e];
            weights[e] = Weight(p, theta);
            diagonal[p.Left] += weights[e];
            diagonal[p.Right] += weights[e];
            if (home)
                diagonal[items] += weights[e];
        }
        var x = new double[Parameters];
        var residual = right;
        var scaled = Scaled();
        var direction = scaled.ToArray();
        var product = Dot(residual, scaled);
        var enough = product * 1e-24;
        for (var round = 0; round < Math.Min(10 * Parameters, MostRounds) && product > enough && product > 0; round++)
        {
            var image = Times(weights, direction);
            var along = product / Dot(direction, image);
            for (var i = 0; i < x.Length; i++)
            {
                x[i] += along * direction[i];
                residual[i] -= along * image[i];
            }
            scaled = Scaled();
            var next = Dot(residual, scaled);
            for (var i = 0; i < x.Length; i++)
                direction[i] = scaled[i] + (next / product * direction[i]);
            product = next;
        }
        return x;

        double[] Scaled()
        {
            var by = new double[residual.Length];
            for (var i = 0; i < by.Length; i++)
                by[i] = residual[i] / diagonal[i];
            return by;
        }
    }

    private double[] Times(double[] weights, double[] x)
    {
        var image = new double[x.Length];
        double sum = 0;
        for (var i = 0; i < items; i++)
            sum += x[i];
        for (var i = 0; i < items; i++)
            image[i] = (2 * penalty * x[i]) + (sum / items);
        for (var e = 0; e < weights.Length; e++)
        {
            var p = table.Pairs[e];
            var flow = weights[e] * (x[p.Left] - x[p.Right] + (home ? x[items] : 0));
            image[p.Left] += flow;
            image[p.Right] -= flow;
            if (home)
                image[items] += flow;
        }
        return image;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
