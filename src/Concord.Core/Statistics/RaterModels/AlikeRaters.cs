namespace Concord.Core.Statistics.RaterModels;

/// <summary>Dawid and Skene's model with one confusion matrix for all raters, by EM from the shares of the votes.</summary>
/// <remarks>Who gave a rating does not matter here, so items are collapsed to their patterns, and those with one rating to its category.</remarks>
internal static class AlikeRaters
{
    // Zero never recovers in a product, so no chance is lower than what a double can say.
    private const double LeastChance = 1e-307;

    public static PooledConfusion Fit(Ratings ratings, RaterModelOptions options, CancellationToken cancel)
    {
        var classes = ratings.Categories.Count;
        var patterns = CountPatterns.Of(ratings);
        var single = new int[classes];
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            if (ratings.StartOfItem[item + 1] - ratings.StartOfItem[item] == 1)
                single[ratings.CategoryOf[ratings.StartOfItem[item]]]++;
        }

        var state = new State(new double[classes], new double[classes * classes]);
        var posterior = new double[(patterns.Count + classes) * classes];
        var shares = new double[classes];
        var logs = new State(new double[classes], new double[classes * classes]);
        var change = double.PositiveInfinity;
        for (var iteration = 0; iteration <= options.Iterations && (iteration < 2 || change >= options.Tolerance); iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            logs.TakeLogarithms(state);
            state.Clear();
            change = 0;
            for (var p = 0; p < patterns.Count + classes; p++)
            {
                var isPattern = p < patterns.Count;
                var multiplicity = isPattern ? patterns.Multiplicities[p] : single[p - patterns.Count];
                ReadOnlySpan<(int Category, int Count)> own = isPattern ? Entries(patterns[p]) : [(p - patterns.Count, 1)];
                if (iteration == 0)
                    Vote(own, shares);
                else
                    logs.Infer(own, shares);
                var old = posterior.AsSpan(p * classes, classes);
                for (var c = 0; c < classes; c++)
                {
                    change = multiplicity > 0 ? Math.Max(change, Math.Abs(old[c] - shares[c])) : change;
                    old[c] = shares[c];
                }
                state.Add(own, shares, multiplicity);
            }
            state.Normalise();
        }
        return new(state.Prior, state.Smoothed());
    }

    private static (int, int)[] Entries(PatternCounts counts)
    {
        var entries = new (int, int)[counts.Length];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = counts[i];
        return entries;
    }

    private static void Vote(ReadOnlySpan<(int Category, int Count)> pattern, double[] shares)
    {
        Array.Clear(shares);
        foreach (var (category, count) in pattern)
            shares[category] = count;
        ConfusionModel.Normalise(shares);
    }

    // Expected counts, and after normalising the shares of the classes and the chance of each grade given each class.
    private sealed record State(double[] Prior, double[] Confusion)
    {
        private readonly double[] counts = new double[Confusion.Length];

        private int Classes => Prior.Length;

        public void Clear()
        {
            Array.Clear(Prior);
            Array.Clear(counts);
        }

        public void Add(ReadOnlySpan<(int Category, int Count)> pattern, double[] shares, int multiplicity)
        {
            for (var t = 0; t < Classes; t++)
            {
                Prior[t] += shares[t] * multiplicity;
                foreach (var (category, count) in pattern)
                    counts[t * Classes + category] += shares[t] * multiplicity * count;
            }
        }

        public void Normalise()
        {
            ConfusionModel.Normalise(Prior);
            counts.CopyTo(Confusion, 0);
            for (var t = 0; t < Classes; t++)
                ConfusionModel.Normalise(Confusion.AsSpan(t * Classes, Classes));
        }

        // One rating a class spread evenly keeps the average rater from being thought infallible on little evidence.
        public double[] Smoothed()
        {
            var smoothed = Array.ConvertAll(counts, count => count + 1.0 / Classes);
            for (var t = 0; t < Classes; t++)
                ConfusionModel.Normalise(smoothed.AsSpan(t * Classes, Classes));
            return smoothed;
        }

        public void TakeLogarithms(State of)
        {
            for (var t = 0; t < Classes; t++)
                Prior[t] = PortableMath.Log(Math.Max(of.Prior[t], LeastChance));
            for (var i = 0; i < Confusion.Length; i++)
                Confusion[i] = PortableMath.Log(Math.Max(of.Confusion[i], LeastChance));
        }

        public void Infer(ReadOnlySpan<(int Category, int Count)> pattern, double[] shares)
        {
            var highest = double.NegativeInfinity;
            for (var t = 0; t < Classes; t++)
            {
                shares[t] = Prior[t];
                foreach (var (category, count) in pattern)
                    shares[t] += count * Confusion[t * Classes + category];
                highest = Math.Max(highest, shares[t]);
            }
            for (var t = 0; t < Classes; t++)
                shares[t] = PortableMath.Exp(shares[t] - highest);
            ConfusionModel.Normalise(shares);
        }
    }
}
