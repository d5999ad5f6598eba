namespace Concord.Core.Statistics.RaterModels;

/// <summary>Each rater has one accuracy, whatever the class, and errs evenly among the other classes.</summary>
/// <remarks>
/// Dawid and Skene's model with one parameter a rater, by EM from the shares of the votes.
/// Source: Dawid and Skene (1979), Applied Statistics 28(1), of which this is the symmetric case.
/// </remarks>
internal static class OneCoin
{
    public static RaterModelFit Fit(Ratings ratings, RaterModelOptions options, CancellationToken cancel)
    {
        var classes = ratings.Categories.Count;
        var skill = new double[ratings.Raters.Count];

        double Accuracy(int rater, ReadOnlySpan<double> counts, int stride, Span<double> chances)
        {
            var (right, all) = (0.0, 0.0);
            for (var given = 0; given < classes; given++)
            for (var t = 0; t < classes; t++)
            {
                all += counts[given * stride + t];
                right += given == t ? counts[given * stride + t] : 0;
            }
            skill[rater] = classes == 1 ? 1 : Math.Clamp(right / all, 0, 1);
            var wrong = classes == 1 ? 0 : (1 - skill[rater]) / (classes - 1);
            for (var t = 0; t < classes; t++)
            for (var given = 0; given < classes; given++)
                chances[t * classes + given] = given == t ? skill[rater] : wrong;
            return 0;
        }

        var start = ConfusionModel.StartFrom(options.From, ratings);
        var outcome = ConfusionModel.Iterate(ratings, options, Accuracy, start, cancel);
        return ConfusionModel.Fit(RaterModel.OneCoin, ratings, outcome, outcome.Chances, skill);
    }
}
