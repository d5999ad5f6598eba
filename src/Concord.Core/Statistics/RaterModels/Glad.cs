namespace Concord.Core.Statistics.RaterModels;

internal static class Glad
{
    public static RaterModelFit Fit(Ratings ratings, RaterModelOptions options, CancellationToken cancel) =>
        RaterModelFit.Undefined(RaterModel.Glad, ratings, "Not built.");
}
