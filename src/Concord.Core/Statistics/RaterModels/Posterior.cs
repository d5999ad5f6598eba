namespace Concord.Core.Statistics.RaterModels;

/// <summary>What is read off the probabilities of the classes of one item.</summary>
/// <remarks>Each takes probabilities that sum to 1, and where it speaks in score units the value of each class, ascending. Cumulative probabilities
/// are compared to 10⁻⁹, so that rounding does not move a quantile.</remarks>
public static class Posterior
{
    private const double Slack = 1e-9;

    /// <summary>The most probable class; the lowest of several.</summary>
    /// <param name="probabilities">One a class.</param>
    /// <param name="isTie">Whether another class is as probable, to 10⁻⁹.</param>
    /// <returns>The index of the class; 0 when there are none.</returns>
    public static int Mode(ReadOnlySpan<double> probabilities, out bool isTie)
    {
        double highest = 0;
        foreach (var p in probabilities)
            highest = Math.Max(highest, p);
        var (first, count) = (0, 0);
        for (var c = probabilities.Length - 1; c >= 0; c--)
        {
            if (probabilities[c] < highest - Slack)
                continue;
            first = c;
            count++;
        }
        isTie = count > 1;
        return first;
    }

    /// <summary>The lowest class at or below which half of the probability lies: the consensus of the Dawid-Skene method, and the class that minimises
    /// the expected absolute loss.</summary>
    /// <returns>In the unit of the values.</returns>
    public static double Median(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> values) =>
        values[LowestAt(probabilities, 0.5)];

    /// <summary>The expected value.</summary>
    /// <returns>In the unit of the values.</returns>
    public static double Mean(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (var c = 0; c < values.Length; c++)
            sum += probabilities[c] * values[c];
        return Math.Clamp(sum, values[0], values[^1]);
    }

    /// <summary>The equal-tailed credible interval: classes, both ends included, outside of which lies at most half of the rest on either side.</summary>
    /// <param name="probabilities">One a class.</param>
    /// <param name="values">One a class, ascending.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static ConfidenceInterval Interval(
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<double> values,
        double confidence = 0.95
    )
    {
        ConfidenceInterval.Check(confidence);
        var tail = (1 - confidence) / 2;
        var low = LowestAt(probabilities, tail);
        return new(values[low], values[Math.Max(low, LowestAt(probabilities, 1 - tail))]);
    }

    /// <summary>The expected absolute loss of the best answer, min over a of Σ p(t) |t − a|: how far the consensus is expected to be off.</summary>
    /// <returns>In the unit of the values, 0 or more. The minimiser is <see cref="Median"/>.</returns>
    public static double ExpectedLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> values)
    {
        var answer = Median(probabilities, values);
        double loss = 0;
        for (var c = 0; c < values.Length; c++)
            loss += probabilities[c] * Math.Abs(values[c] - answer);
        return loss;
    }

    /// <summary>The chance that the most probable class is not the true one: what <see cref="ExpectedLoss"/> is for classes without order.</summary>
    /// <returns>0 to 1 − 1/classes.</returns>
    public static double ErrorChance(ReadOnlySpan<double> probabilities) =>
        probabilities.IsEmpty ? 0 : Math.Max(0, 1 - probabilities[Mode(probabilities, out _)]);

    /// <summary>The entropy of the class, −Σ p ln p.</summary>
    /// <remarks>Source: Shannon (1948), "A Mathematical Theory of Communication", section 6.</remarks>
    /// <returns>In nats, 0 (certain) to ln classes.</returns>
    public static double Entropy(ReadOnlySpan<double> probabilities)
    {
        double entropy = 0;
        foreach (var p in probabilities)
        {
            if (p > 1e-300)
                entropy -= p * PortableMath.Log(p);
        }
        return Math.Max(0, entropy);
    }

    /// <summary>By how much one more rating by an average rater is expected to lower the entropy of the class: the mutual information of class and rating.</summary>
    /// <remarks>Source: Lindley (1956), "On a Measure of the Information Provided by an Experiment", Ann. Math. Statist. 27(4).</remarks>
    /// <param name="probabilities">One a class.</param>
    /// <param name="rater">How the next rater grades.</param>
    /// <returns>In nats, 0 to the entropy.</returns>
    /// <exception cref="ArgumentException">The rater has other classes.</exception>
    public static double InformationGain(ReadOnlySpan<double> probabilities, PooledConfusion rater)
    {
        ArgumentNullException.ThrowIfNull(rater);
        if (rater.Classes != probabilities.Length)
            throw new ArgumentException("The rater has other classes.", nameof(rater));
        return Gain(probabilities, rater.Confusion, 0, rater.RowEntropies);
    }

    /// <summary>As the other, for the matrix at an offset in many.</summary>
    internal static double InformationGain(ReadOnlySpan<double> probabilities, double[] confusions, int offset)
    {
        var classes = probabilities.Length;
        Span<double> entropies = classes <= 128 ? stackalloc double[classes] : new double[classes];
        for (var t = 0; t < classes; t++)
            entropies[t] = Entropy(confusions.AsSpan(offset + t * classes, classes));
        return Gain(probabilities, confusions, offset, entropies);
    }

    // H(grade) − Σ p(t) H(grade | t)
    private static double Gain(
        ReadOnlySpan<double> probabilities,
        IReadOnlyList<double> confusion,
        int offset,
        ReadOnlySpan<double> rowEntropies
    )
    {
        var classes = probabilities.Length;
        Span<double> marginal = classes <= 128 ? stackalloc double[classes] : new double[classes];
        marginal.Clear();
        double known = 0;
        for (var t = 0; t < classes; t++)
        {
            known += probabilities[t] * rowEntropies[t];
            for (var given = 0; given < classes; given++)
                marginal[given] += probabilities[t] * confusion[offset + t * classes + given];
        }
        return Math.Max(0, Entropy(marginal) - known);
    }

    private static int LowestAt(ReadOnlySpan<double> probabilities, double share)
    {
        double sum = 0;
        for (var c = 0; c < probabilities.Length - 1; c++)
        {
            sum += probabilities[c];
            if (sum >= share - Slack)
                return c;
        }
        return Math.Max(0, probabilities.Length - 1);
    }
}
