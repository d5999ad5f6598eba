using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Statistics.Pairwise;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Csv;

/// <summary>Writes the strengths of a Bradley-Terry model, one row an item, with the names that JSON has for the columns.</summary>
public static class StrengthsCsv
{
    private static readonly string[] Columns =
    [
        "item",
        "log_strength",
        "ci_low",
        "ci_high",
        "se",
        "rank",
        "rank_low",
        "rank_high",
        "undefined_because",
    ];

    /// <summary>Replaces a file by the strengths, by rank and then by name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fit">The model.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void Write(string path, BradleyTerryFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        using var lines = new CsvLines(Columns);
        foreach (
            var (item, ranks) in fit
                .Items.Zip(fit.RankIntervals())
                .OrderBy(i => i.First.Rank ?? int.MaxValue)
                .ThenBy(i => i.First.Item, StringComparer.Ordinal)
        )
            lines.Add(
                item.Item,
                NumberText.Of(item.LogStrength.Value),
                NumberText.Of(item.LogStrength.Interval?.Low),
                NumberText.Of(item.LogStrength.Interval?.High),
                NumberText.Of(item.LogStrength.StandardError),
                Whole(item.Rank),
                Whole(ranks?.Low),
                Whole(ranks?.High),
                fit.UndefinedBecause ?? item.LogStrength.UndefinedBecause ?? item.LogStrength.NoIntervalBecause ?? ""
            );
        AtomicFile.Replace(path, lines.ToBytes());
    }

    private static string Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
