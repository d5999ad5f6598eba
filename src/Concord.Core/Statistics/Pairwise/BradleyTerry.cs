namespace Concord.Core.Statistics.Pairwise;

/// <summary>The Bradley-Terry model of paired comparisons, by maximum likelihood.</summary>
/// <remarks>
/// The log-odds that i beats j are θ_i − θ_j, plus a constant where being first matters. Ties count half a win for each side. The strengths sum to zero;
/// standard errors and intervals are from the Fisher information under that constraint, every comparison taken as independent.
/// An estimate is finite only where the losses connect everybody to everybody (Ford 1957); else the answer is undefined and says
/// who never lost, unless a prior is given: θ normal about zero with variance 1 / (2 · penalty), which adds penalty · Σ θ² to the negative log-likelihood.
/// Source: Bradley and Terry (1952), "Rank Analysis of Incomplete Block Designs", Biometrika 39; Ford (1957), "Solution of a Ranking Problem from Binary
/// Comparisons", Am. Math. Mon. 64(8); the log-likelihood is concave (Hunter 2004, "MM Algorithms for Generalized Bradley-Terry Models", Ann. Stat. 32(1), section 2), so Newton's
/// steps, halved where they overshoot, find its maximum.
/// </remarks>
public static class BradleyTerry
{
    /// <summary>Up to this many items there are standard errors: they need a matrix of all pairs.</summary>
    public const int MostWithErrors = 500;

    private const int MostSteps = 200;
    private const double Converged = 1e-10;
    private const int NamesTold = 3;

    /// <summary>Fits the model.</summary>
    /// <param name="table">The comparisons.</param>
    /// <param name="penalty">The weight of the prior, finite, 0 or more; 0 is none, .1 is small.</param>
    /// <param name="home">Whether being first (left) may be an advantage.</param>
    /// <param name="confidence">Of the intervals; above 0, below 1.</param>
    /// <returns>Log-strengths; undefined with its reason for an empty table, and where no finite estimate exists.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is negative or not finite, or the confidence is not between 0 and 1.</exception>
    public static BradleyTerryFit Fit(WinTable table, double penalty = 0, bool home = false, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!(penalty >= 0 && double.IsFinite(penalty)))
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "A penalty is finite, 0 or more.");
        ConfidenceInterval.Check(confidence);
        var (connected, why) = Connection(table);
        if (table.Pairs.Count == 0)
            return Undefined(table, connected, penalty, home, 0, "There is no comparison.");
        if (!connected && penalty == 0)
            return Undefined(table, connected, penalty, home, 0, why!);

        var likelihood = new WinLikelihood(table, penalty, home);
        var theta = new double[likelihood.Parameters];
        var items = table.Items.Count;
        if (Climb(likelihood, theta) is not { } steps || (home && RunsOff(likelihood, theta, items)))
            return Undefined(
                table,
                connected,
                penalty,
                home,
                MostSteps,
                home
                    ? "No finite estimate was found: where one side nearly always wins, the home advantage has none."
                    : "No finite estimate was found: the comparisons are too one-sided for double arithmetic."
            );

        var mean = theta.AsSpan(0, items).ToArray().Sum() / items;
        for (var i = 0; i < items; i++)
            theta[i] -= mean;
        var covariance = items <= MostWithErrors ? likelihood.Covariance(theta) : null;
        Estimate Of(int parameter) =>
            covariance is null
                ? new(
                    theta[parameter],
                    NoIntervalBecause: $"More than {MostWithErrors} items: standard errors need a matrix of all pairs."
                )
                : BradleyTerryFit.Around(theta[parameter], covariance[parameter, parameter], confidence);
        var ranks = Ranks(theta.AsSpan(0, items));
        return new(
            new BradleyTerryFit(
                [.. table.Items.Select((name, i) => new BradleyTerryItem(name, Of(i), ranks[i]))],
                connected,
                home ? Of(items) : null,
                penalty,
                steps,
                null
            ),
            covariance,
            confidence
        );
    }

    internal static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    // Connected losses bound the strengths, but not an advantage; a maximum at infinity is known by its lack of information.
    private static bool RunsOff(WinLikelihood likelihood, double[] theta, int items)
    {
        const double Nothing = 1e-8;
        if (likelihood.HomeInformation(theta) < Nothing)
            return true;
        if (items > MostWithErrors)
            return false;
        var covariance = likelihood.Covariance(theta);
        for (var i = 0; i <= items; i++)
        {
            if (!(covariance[i, i] < 1 / Nothing))
                return true;
        }
        return false;
    }

    /// <summary>Newton's steps from zero to the maximum; null where there is none within reach.</summary>
    private static int? Climb(WinLikelihood likelihood, double[] theta)
    {
        var value = likelihood.At(theta);
        for (var step = 1; step <= MostSteps; step++)
        {
            var direction = likelihood.NewtonStep(theta);
            var size = 0.0;
            foreach (var d in direction)
                size = Math.Max(size, Math.Abs(d));
            if (!double.IsFinite(size))
                return null;
            var trial = new double[theta.Length];
            var moved = false;
            for (var share = 1.0; share > 1e-12 && !moved; share /= 2)
            {
                for (var i = 0; i < theta.Length; i++)
                    trial[i] = theta[i] + (share * direction[i]);
                var reached = likelihood.At(trial);
                if (reached < value - (1e-13 * Math.Abs(value)))
                    continue;
                trial.CopyTo(theta, 0);
                value = reached;
                moved = true;
            }
            if (size < Converged)
                return step;
            if (!moved)
                return size < 1e-6 ? step : null;
        }
        return null;
    }

    private static BradleyTerryFit Undefined(WinTable table, bool connected, double penalty, bool home, int steps, string why) =>
        new(
            [.. table.Items.Select(name => new BradleyTerryItem(name, Estimate.Undefined(why), null))],
            connected,
            home ? Estimate.Undefined(why) : null,
            penalty,
            steps,
            why
        );

    private static int[] Ranks(ReadOnlySpan<double> theta)
    {
        var order = new int[theta.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var falling = theta.ToArray();
        Array.Sort(falling, order);
        Array.Reverse(falling);
        Array.Reverse(order);
        var ranks = new int[theta.Length];
        for (var place = 0; place < order.Length; place++)
            ranks[order[place]] = place > 0 && falling[place - 1] - falling[place] <= 1e-8 ? ranks[order[place - 1]] : place + 1;
        return ranks;
    }

    private static (bool Connected, string? Why) Connection(WinTable table)
    {
        var items = table.Items.Count;
        var losses = new List<(int, int)>();
        foreach (var p in table.Pairs)
        {
            if (p.WinsRight + p.Ties > 0)
                losses.Add((p.Left, p.Right));
            if (p.WinsLeft + p.Ties > 0)
                losses.Add((p.Right, p.Left));
        }
        var group = StrongComponents.Of(items, losses, out var groups);
        if (groups <= 1)
            return (items > 0, null);
        // Whoever met counts as joined both ways: groups of these never met.
        var met = StrongComponents.Of(items, [.. losses, .. losses.Select(l => (l.Item2, l.Item1))], out var islands);
        if (islands > 1)
            return (
                false,
                $"{Some(met, 0, inside: true)} {Verb(met, 0)} never compared with {Some(met, 0, inside: false)}. A small prior gives values."
            );
        return (
            false,
            $"{Some(group, 0, inside: true)} never lost to {Some(group, 0, inside: false)}, so the difference has no finite estimate. A small prior gives one."
        );

        string Verb(int[] of, int number) => of.Count(g => g == number) == 1 ? "was" : "were";

        string Some(int[] of, int number, bool inside)
        {
            string[] names = [.. table.Items.Where((_, i) => of[i] == number == inside)];
            var told = names.Length <= NamesTold + 1 ? names.Length : NamesTold;
            var rest = names.Length - told;
            return rest > 0 ? $"{string.Join(", ", names.Take(told))} and {rest} more"
                : names.Length == 1 ? names[0]
                : $"{string.Join(", ", names[..^1])} and {names[^1]}";
        }
    }
}
