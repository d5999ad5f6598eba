namespace Concord.Core.Domain.Consensus;

/// <summary>Ranks from 1, the highest value first; ties share the lowest rank.</summary>
internal static class Ranking
{
    private const double Tolerance = 1e-9;

    public static IReadOnlyList<(T Row, int? Rank)> Of<T>(IEnumerable<T> rows, Func<T, double?> value)
    {
        var all = rows.ToArray();
        var values = all.Select(value).OfType<double>().ToArray();
        return [.. all.Select(r => (r, value(r) is { } own ? 1 + values.Count(v => v > own + Tolerance) : (int?)null))];
    }
}
