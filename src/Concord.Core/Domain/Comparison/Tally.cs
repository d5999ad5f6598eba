namespace Concord.Core.Domain.Comparison;

/// <summary>How often the first of two models was higher, equal and lower.</summary>
/// <param name="Won">The first was higher.</param>
/// <param name="Tied">Equal within rounding.</param>
/// <param name="Lost">The second was higher.</param>
public sealed record Tally(int Won, int Tied, int Lost)
{
    private const double Tolerance = 1e-9;

    /// <summary>All together.</summary>
    public int Total => Won + Tied + Lost;

    internal static Tally Of(IEnumerable<(double A, double B)> scores)
    {
        var (won, tied, lost) = (0, 0, 0);
        foreach (var (a, b) in scores)
        {
            won += a > b + Tolerance ? 1 : 0;
            tied += Math.Abs(a - b) <= Tolerance ? 1 : 0;
            lost += b > a + Tolerance ? 1 : 0;
        }
        return new(won, tied, lost);
    }
}
