namespace Concord.Core.Statistics.RaterModels;

/// <summary>The grades mapped to 0 to 1, lowest to highest: sums of squares of any grades then stay within double arithmetic.</summary>
/// <param name="Scaled">The mapped grade of each category.</param>
/// <param name="Lowest">The grade that is 0.</param>
/// <param name="Width">The difference between the grade that is 1 and the one that is 0.</param>
internal sealed record GradeScale(double[] Scaled, double Lowest, double Width)
{
    public static GradeScale? Of(Ratings ratings, out string? why)
    {
        why = null;
        if (ratings.Count == 0)
            why = "There are no ratings.";
        else if (ratings.CategoryValues is null)
            why = "Some categories are not numbers, and variances need numbers.";
        else if (ratings.CategoryValues.Count == 1)
            why = "Every rating is equal, so nothing varies.";
        if (why is not null)
            return null;

        var values = ratings.CategoryValues!;
        var lowest = values[0];
        var width = values[^1] - lowest;
        if (!double.IsFinite(width * width))
        {
            why = "The grades lie further apart than double arithmetic can square.";
            return null;
        }
        return new([.. values.Select(value => (value - lowest) / width)], lowest, width);
    }
}
