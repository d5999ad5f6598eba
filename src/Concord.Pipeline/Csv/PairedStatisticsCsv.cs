using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Statistics.Comparison;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Csv;

/// <summary>Writes the statistics of paired samples, one row each, with the names that JSON has for the columns.</summary>
public static class PairedStatisticsCsv
{
    private static readonly string[] Columns = ["statistic", "value", "p", "ci_low", "ci_high", "undefined_because"];

    /// <summary>Replaces a file by the statistics.</summary>
    /// <param name="path">The file.</param>
    /// <param name="paired">The statistics.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void Write(string path, PairedAnalysis paired)
    {
        ArgumentNullException.ThrowIfNull(paired);
        using var lines = new CsvLines(Columns);
        foreach (var s in paired.All)
            lines.Add(
                s.Name,
                NumberText.Of(s.Value),
                // Six decimals would make zero of a small probability.
                s.P?.ToString(CultureInfo.InvariantCulture) ?? "",
                NumberText.Of(s.Interval?.Low),
                NumberText.Of(s.Interval?.High),
                s.UndefinedBecause ?? ""
            );
        AtomicFile.Replace(path, lines.ToBytes());
    }
}
