using System.Numerics;

namespace Concord.Core.Statistics.RaterModels;

/// <summary>Symmetric positive definite matrices, stored by rows.</summary>
internal static class PositiveDefinite
{
    /// <summary>Inverts in place by Gauss-Jordan steps, which such a matrix takes without pivoting. O(n³).</summary>
    /// <returns>The logarithm of the determinant.</returns>
    public static double Invert(double[] matrix, int n)
    {
        double logDeterminant = 0;
        for (var k = 0; k < n; k++)
        {
            var pivotRow = matrix.AsSpan(k * n, n);
            var pivot = pivotRow[k];
            logDeterminant += Math.Log(pivot);
            pivotRow[k] = 1;
            foreach (ref var value in pivotRow)
                value /= pivot;
            for (var i = 0; i < n; i++)
            {
                if (i == k)
                    continue;
                var row = matrix.AsSpan(i * n, n);
                var factor = row[k];
                if (factor == 0)
                    continue;
                row[k] = 0;
                Subtract(row, factor, pivotRow);
            }
        }
        return logDeterminant;
    }

    public static double[] Times(double[] matrix, int n, double[] vector)
    {
        var product = new double[n];
        for (var i = 0; i < n; i++)
        {
            double sum = 0;
            var row = matrix.AsSpan(i * n, n);
            for (var j = 0; j < n; j++)
                sum += row[j] * vector[j];
            product[i] = sum;
        }
        return product;
    }

    // Element by element, so that the width of the machine's vectors leaves no trace in the sum.
    private static void Subtract(Span<double> from, double factor, ReadOnlySpan<double> row)
    {
        var wide = new Vector<double>(factor);
        var i = 0;
        for (; i <= from.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(from[i..]) - wide * new Vector<double>(row[i..])).CopyTo(from[i..]);
        for (; i < from.Length; i++)
            from[i] -= factor * row[i];
    }
}
