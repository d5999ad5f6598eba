using Concord.Core.Statistics;

namespace Concord.Tests.Statistics.Agreement;

/// <summary>Small tables of ratings, written down.</summary>
internal static class Table
{
    /// <summary>One string an item, one character a rater; a dot is a missing rating.</summary>
    public static Ratings Of(params string[] items)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, grades) in items.Index())
        foreach (var (rater, grade) in grades.Index())
            if (grade != '.')
                builder.TryAdd($"{item}", $"{rater}", $"{grade}");
        return builder.Build();
    }
}
