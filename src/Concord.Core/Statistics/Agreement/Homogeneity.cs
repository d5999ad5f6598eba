using MathNet.Numerics.LinearAlgebra;

namespace Concord.Core.Statistics.Agreement;

/// <summary>The Stuart-Maxwell statistic of a sparse table of confusions.</summary>
internal static class Homogeneity
{
    /// <summary>The most confused categories whose covariances are solved for.</summary>
    public const int MostCategories = 500;

    /// <returns>Null where there are too many categories to solve for.</returns>
    public static (double Statistic, int Degrees)? Of(IReadOnlyList<(int Low, int High, int Above, int Below)> confusions)
    {
        int[] categories = [.. confusions.SelectMany(c => new[] { c.Low, c.High }).Distinct().Order()];
        if (categories.Length > MostCategories)
            return null;
        var places = categories.Index().ToDictionary(c => c.Item, c => c.Index);
        var groups = new DisjointSets(categories.Length);
        foreach (var (low, high, _, _) in confusions)
            groups.Join(places[low], places[high]);

        // The covariances are the Laplacian of the confusions: of each connected group, one category less than it has is free.
        int[] free = [.. Enumerable.Range(0, categories.Length).Where(c => groups.First(c) < c)];
        var place = Enumerable.Repeat(-1, categories.Length).ToArray();
        foreach (var (index, c) in free.Index())
            place[c] = index;
        var covariances = Matrix<double>.Build.Dense(free.Length, free.Length);
        var differences = Vector<double>.Build.Dense(free.Length);
        foreach (var (low, high, above, below) in confusions)
        {
            var (a, b) = (place[places[low]], place[places[high]]);
            if (a >= 0)
            {
                covariances[a, a] += above + below;
                differences[a] += above - below;
            }
            if (b >= 0)
            {
                covariances[b, b] += above + below;
                differences[b] -= above - below;
            }
            if (a >= 0 && b >= 0)
            {
                covariances[a, b] -= above + below;
                covariances[b, a] -= above + below;
            }
        }
        return (Math.Max(0, differences * covariances.Cholesky().Solve(differences)), free.Length);
    }
}
