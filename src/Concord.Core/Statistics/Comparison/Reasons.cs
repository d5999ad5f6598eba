namespace Concord.Core.Statistics.Comparison;

/// <summary>Why comparisons are undefined, in the same words everywhere.</summary>
internal static class Reasons
{
    public const string AllEqual = "All differences are equal, so they show no spread to compare with.";
    public const string AllZero = "Every difference is zero, so there is nothing to rank.";
    public const string NoSpread = "Neither sample varies, so there is no spread to compare with.";
    public const string TooLarge = "The numbers are beyond the range of double arithmetic.";

    public static string Fewer(int pairs, int needed) =>
        pairs switch
        {
            0 => "There is no pair.",
            1 => $"There is one pair, and {needed} are needed.",
            _ => $"There are {pairs} pairs, and {needed} are needed.",
        };

    public static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
