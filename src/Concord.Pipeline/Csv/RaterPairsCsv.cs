using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics.Agreement;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Csv;

/// <summary>Writes the agreement of each pair of raters, with the names that JSON has for the columns.</summary>
public static class RaterPairsCsv
{
    /// <summary>Replaces a file by the pairs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="within">The distance at which grades agree.</param>
    /// <param name="pairs">The pairs by criterion, in the order to write.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void Write(string path, AgreementDistance within, IEnumerable<(string? Criterion, RaterPair Pair)> pairs)
    {
        ArgumentNullException.ThrowIfNull(within);
        using var lines = new CsvLines(["criterion", "first", "second", .. ColumnsOf(within)]);
        foreach (var (criterion, p) in pairs)
            lines.Add(
                criterion ?? "",
                p.First,
                p.Second,
                p.Items.ToString(CultureInfo.InvariantCulture),
                NumberText.Of(p.Exact),
                NumberText.Of(p.Within),
                NumberText.Of(p.Kappa),
                NumberText.Of(p.Pearson),
                NumberText.Of(p.Spearman),
                NumberText.Of(p.MeanDifference)
            );
        AtomicFile.Replace(path, lines.ToBytes());
    }

    private static string[] ColumnsOf(AgreementDistance within) =>
        ["items", "exact", within.Weights.Replace('-', '_'), "kappa_quadratic", "pearson", "spearman", "mean_difference"];
}
