namespace Concord.Core.Statistics;

/// <summary>Random counts of successes.</summary>
public static class BinomialDraw
{
    // Inversion takes about np steps; from here on rejection is quicker, and its constants hold.
    private const double RejectionFrom = 10;

    // ln k! − (its Stirling formula) for k = 0..9.
    private static readonly double[] StirlingTails =
    [
        0.0810614667953272,
        0.0413406959554092,
        0.0276779256849983,
        0.02079067210376509,
        0.0166446911898211,
        0.0138761288230707,
        0.0118967099458917,
        0.010411265261972,
        0.00925546218271273,
        0.00833056343336287,
    ];

    /// <summary>Draws the number of successes in independent trials. Time does not grow with the number of trials.</summary>
    /// <remarks>
    /// Source: below ten expected successes inversion, Kachitvichyanukul and Schmeiser (1988), "Binomial Random Variate Generation", CACM 31(2), algorithm BINV;
    /// above, Hörmann (1993), "The Generation of Binomial Random Variates", J. Stat. Comput. Simul. 46, algorithm BTRS.
    /// </remarks>
    /// <param name="random">Where the random numbers come from.</param>
    /// <param name="trials">Number of trials, 0 or more.</param>
    /// <param name="probability">Probability of a success, 0 to 1.</param>
    /// <returns>0 to <paramref name="trials"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Trials are negative, or the probability is outside 0 to 1.</exception>
    public static int Next(Xoshiro256 random, int trials, double probability)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1.");
        if (probability > 0.5)
            return trials - Next(random, trials, 1 - probability);
        if (trials == 0 || probability == 0)
            return 0;
        return trials * probability < RejectionFrom
            ? ByInversion(random, trials, probability)
            : ByRejection(random, trials, probability);
    }

    private static int ByInversion(Xoshiro256 random, int trials, double probability)
    {
        var odds = probability / (1 - probability);
        var none = Math.Pow(1 - probability, trials);
        while (true)
        {
            var left = random.NextDouble();
            var mass = none;
            for (var k = 0; k <= trials; k++)
            {
                if (left < mass)
                    return k;
                left -= mass;
                mass *= odds * (trials - k) / (k + 1);
            }
        }
    }

    private static int ByRejection(Xoshiro256 random, int trials, double probability)
    {
        double n = trials;
        var odds = probability / (1 - probability);
        var deviation = Math.Sqrt(n * probability * (1 - probability));
        var b = 1.15 + 2.53 * deviation;
        var a = -0.0873 + 0.0248 * b + 0.01 * probability;
        var centre = n * probability + 0.5;
        var squeeze = 0.92 - 4.2 / b;
        var scale = (2.83 + 5.1 / b) * deviation;
        var mode = Math.Floor((n + 1) * probability);
        while (true)
        {
            var u = random.NextDouble() - 0.5;
            var v = 1 - random.NextDouble();
            var us = 0.5 - Math.Abs(u);
            if (us == 0)
                continue;
            var k = Math.Floor((2 * a / us + b) * u + centre);
            if (us >= 0.07 && v <= squeeze)
                return (int)k;
            if (k < 0 || k > n)
                continue;
            var ratio =
                (mode + 0.5) * Math.Log((mode + 1) / (odds * (n - mode + 1)))
                + (n + 1) * Math.Log((n - mode + 1) / (n - k + 1))
                + (k + 0.5) * Math.Log(odds * (n - k + 1) / (k + 1))
                + StirlingTail(mode)
                + StirlingTail(n - mode)
                - StirlingTail(k)
                - StirlingTail(n - k);
            if (Math.Log(v * scale / (a / (us * us) + b)) <= ratio)
                return (int)k;
        }
    }

    private static double StirlingTail(double k)
    {
        if (k < StirlingTails.Length)
            return StirlingTails[(int)k];
        var square = (k + 1) * (k + 1);
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
    }
}
