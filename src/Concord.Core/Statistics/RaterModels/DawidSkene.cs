namespace Concord.Core.Statistics.RaterModels;

/// <summary>Each rater has a confusion matrix; matrices and true classes are estimated in turn.</summary>
/// <remarks>
/// EM from the shares of the votes. Source: Dawid and Skene (1979), "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm",
/// Applied Statistics 28(1).
/// </remarks>
internal static class DawidSkene
{
    /// <summary>Maximum likelihood. A class that a rater never met has an even row.</summary>
    public static RaterModelFit Plain(Ratings ratings, RaterModelOptions options, CancellationToken cancel)
    {
        var start = ConfusionModel.StartFrom(options.From, ratings);
        var outcome = ConfusionModel.Iterate(ratings, options, Shares, start, cancel);
        return ConfusionModel.Fit(RaterModel.Ds, ratings, outcome, outcome.Chances);
    }

    /// <summary>Maximum a posteriori: each row has a Dirichlet prior that counts as so many ratings of the pooled row.</summary>
    /// <remarks>The pooled matrix is that of the model in which all raters are alike, fitted first and then held: the objective
    /// stays one function, and never falls.</remarks>
    public static RaterModelFit Shrunken(Ratings ratings, RaterModelOptions options, CancellationToken cancel)
    {
        var classes = ratings.Categories.Count;
        var pooled = AlikeRaters.Fit(ratings, options, cancel);
        double[] target = [.. pooled.Confusion];

        double Shrunk(int rater, ReadOnlySpan<double> counts, int stride, Span<double> chances)
        {
            double penalty = 0;
            for (var t = 0; t < classes; t++)
            {
                var row = chances.Slice(t * classes, classes);
                for (var given = 0; given < classes; given++)
                    row[given] = counts[given * stride + t] + options.Strength * target[t * classes + given];
                ConfusionModel.Normalise(row);
                for (var given = 0; given < classes; given++)
                    penalty += options.Strength * target[t * classes + given] * PortableMath.Log(row[given]);
            }
            return penalty;
        }

        var start = ConfusionModel.StartFrom(options.From, ratings);
        var outcome = ConfusionModel.Iterate(ratings, options, Shrunk, start, cancel);
        return ConfusionModel.Fit(RaterModel.DsShrunken, ratings, outcome, outcome.Chances);
    }

    private static double Shares(int rater, ReadOnlySpan<double> counts, int stride, Span<double> chances)
    {
        for (int t = 0, classes = counts.Length / stride; t < classes; t++)
        {
            var row = chances.Slice(t * classes, classes);
            for (var given = 0; given < classes; given++)
                row[given] = counts[given * stride + t];
            ConfusionModel.Normalise(row);
        }
        return 0;
    }
}
