namespace Concord.Core.Statistics.RaterModels;

/// <summary>The EM iterations of the models with confusion matrices: they differ in the maximisation step alone.</summary>
internal static class ConfusionModel
{
    // Zero never recovers in a product, so no chance is lower than what a double can say.
    private const double LeastChance = 1e-307;

    /// <summary>How a model reads its parameters off the expected counts of a rater.</summary>
    /// <param name="rater">Index of the rater.</param>
    /// <param name="counts">Expected counts: grade by grade, <paramref name="stride"/> apart, one a class.</param>
    /// <param name="stride">How far apart grades are.</param>
    /// <param name="chances">Filled: the factor of each grade given each class, true class by true class.</param>
    /// <returns>What the parameters add to the objective.</returns>
    public delegate double Maximise(int rater, ReadOnlySpan<double> counts, int stride, Span<double> chances);

    /// <summary>Runs the iterations.</summary>
    /// <param name="ratings">The ratings, possible by <see cref="ExpectationStep.WhyImpossible"/>.</param>
    /// <param name="options">Checked; the earlier fit in it is not looked at.</param>
    /// <param name="maximise">Called from several threads, once a rater and iteration.</param>
    /// <param name="start">What to infer the first posterior from, chances as raters × classes × classes; null to take the votes for it.</param>
    /// <param name="cancel">Ends the iterations.</param>
    /// <param name="uniformPrior">Whether the shares of the classes are held equal.</param>
    public static Outcome Iterate(
        Ratings ratings,
        RaterModelOptions options,
        Maximise maximise,
        (double[] Prior, double[] Chances)? start,
        CancellationToken cancel,
        bool uniformPrior = false
    )
    {
        var step = new ExpectationStep(ratings);
        var classes = ratings.Categories.Count;
        var outcome = new Outcome(step, new double[classes], new double[step.Raters * classes * classes], [], false);
        if (start is { } from)
        {
            from.Prior.CopyTo(outcome.Prior, 0);
            from.Chances.CopyTo(outcome.Chances, 0);
            outcome.WriteLogs();
            step.Infer(outcome.LogPrior());
        }
        else
        {
            step.Vote();
        }

        var penalty = outcome.Update(maximise, uniformPrior);
        while (outcome.Trace.Count < options.Iterations && !outcome.Converged)
        {
            cancel.ThrowIfCancellationRequested();
            var (logLikelihood, change) = step.Infer(outcome.LogPrior());
            outcome.Trace.Add(logLikelihood + penalty);
            outcome = outcome with { Converged = change < options.Tolerance };
            penalty = outcome.Update(maximise, uniformPrior);
        }
        return outcome;
    }

    /// <summary>The chances of an earlier fit for the raters of a table, a little of an even spread mixed in because zero never recovers.</summary>
    public static (double[] Prior, double[] Chances)? StartFrom(RaterModelStart? earlier, Ratings ratings)
    {
        const double even = 0.001;
        if (earlier?.Suits(ratings) != true)
            return null;
        var classes = ratings.Categories.Count;
        var size = classes * classes;
        var chances = new double[ratings.Raters.Count * size];
        double[] pooled = [.. earlier.Pooled.Confusion];
        for (int rater = 0, known = 0; rater < ratings.Raters.Count; rater++)
        {
            // Both are in ordinal order.
            while (known < earlier.Raters.Count && string.CompareOrdinal(earlier.Raters[known], ratings.Raters[rater]) < 0)
                known++;
            var isKnown = known < earlier.Raters.Count && earlier.Raters[known] == ratings.Raters[rater];
            var from = isKnown ? earlier.ConfusionOf(known) : pooled;
            for (var i = 0; i < size; i++)
                chances[rater * size + i] = (1 - even) * from[i] + even / classes;
        }
        return ([.. earlier.Pooled.Prior.Select(p => (1 - even) * p + even / classes)], chances);
    }

    private static void Each(int raters, Action<int> action)
    {
        if (raters < 64)
        {
            for (var rater = 0; rater < raters; rater++)
                action(rater);
        }
        else
        {
            Parallel.For(0, raters, action);
        }
    }

    /// <summary>Puts a fit together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ratings">The ratings.</param>
    /// <param name="outcome">What the iterations gave.</param>
    /// <param name="confusion">Raters × classes × classes, each row summing to 1.</param>
    /// <param name="skill">The model's own parameter of each rater; null when it is the reliability.</param>
    /// <param name="spamming">MACE's two.</param>
    public static RaterModelFit Fit(
        RaterModel model,
        Ratings ratings,
        Outcome outcome,
        double[] confusion,
        double[]? skill = null,
        (double Spams, double Knows)[]? spamming = null
    )
    {
        var prior = outcome.Prior;
        var classes = prior.Length;
        var reliability = new double[ratings.Raters.Count];
        var weight = new double[ratings.Raters.Count];
        Each(
            reliability.Length,
            rater =>
            {
                var offset = rater * classes * classes;
                double sum = 0;
                for (var c = 0; c < classes; c++)
                    sum += prior[c] * confusion[offset + c * classes + c];
                reliability[rater] = Math.Clamp(sum, 0, 1);
                weight[rater] = Posterior.InformationGain(prior, confusion, offset);
            }
        );
        return new(model, ratings, outcome.Step.Posterior, confusion)
        {
            Prior = prior,
            Reliability = reliability,
            Skill = skill ?? reliability,
            Weight = weight,
            Pooled = new(prior, outcome.Pool()),
            Iterations = outcome.Trace.Count,
            Converged = outcome.Converged,
            ObjectiveTrace = outcome.Trace,
            Spamming = spamming,
        };
    }

    /// <summary>Makes non-negative numbers sum to 1: even when all are zero.</summary>
    public static void Normalise(Span<double> row)
    {
        double sum = 0;
        foreach (var value in row)
            sum += value;
        foreach (ref var value in row)
            value = sum > 0 ? value / sum : 1.0 / row.Length;
    }

    /// <summary>Where the iterations stand.</summary>
    /// <param name="Step">The last expectation step.</param>
    /// <param name="Prior">The shares of the classes after it.</param>
    /// <param name="Chances">The factors after it, raters × classes × classes.</param>
    /// <param name="Trace">The objective at each expectation step.</param>
    /// <param name="Converged">Whether the last step moved no posterior by the tolerance.</param>
    internal sealed record Outcome(ExpectationStep Step, double[] Prior, double[] Chances, List<double> Trace, bool Converged)
    {
        private int Classes => Prior.Length;

        public double[] LogPrior() => Array.ConvertAll(Prior, p => PortableMath.Log(Math.Max(p, LeastChance)));

        public double Update(Maximise maximise, bool uniformPrior)
        {
            for (var c = 0; c < Classes; c++)
                Prior[c] = uniformPrior ? 1.0 / Classes : Step.ClassTotals[c] / Step.Items;
            var penalties = new double[Step.Raters];
            var size = Classes * Classes;
            Each(
                Step.Raters,
                rater => penalties[rater] = maximise(rater, Step.CountsOf(rater), Step.Stride, Chances.AsSpan(rater * size, size))
            );
            WriteLogs();
            double penalty = 0;
            foreach (var p in penalties)
                penalty += p;
            return penalty;
        }

        public void WriteLogs() =>
            Each(
                Step.Raters,
                rater =>
                {
                    for (var t = 0; t < Classes; t++)
                    for (var given = 0; given < Classes; given++)
                    {
                        var chance = Math.Max(Chances[(rater * Classes + t) * Classes + given], LeastChance);
                        Step.Logs[(rater * Classes + given) * Step.Stride + t] = PortableMath.Log(chance);
                    }
                }
            );

        // One rating a class spread evenly keeps the average rater from being thought infallible on little evidence.
        public double[] Pool()
        {
            var pooled = new double[Classes * Classes];
            Array.Fill(pooled, 1.0 / Classes);
            for (var rater = 0; rater < Step.Raters; rater++)
            {
                var counts = Step.CountsOf(rater);
                for (var given = 0; given < Classes; given++)
                for (var t = 0; t < Classes; t++)
                    pooled[t * Classes + given] += counts[given * Step.Stride + t];
            }
            for (var t = 0; t < Classes; t++)
                Normalise(pooled.AsSpan(t * Classes, Classes));
            return pooled;
        }
    }
}
