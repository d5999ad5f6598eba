using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Csv;

/// <summary>Writes the coefficients of raw tables, one row each, with the names that JSON has for the columns.</summary>
public static class AgreementCsv
{
    private static readonly string[] Columns =
    [
        "criterion",
        "items",
        "raters",
        "ratings",
        "coefficient",
        "weights",
        "value",
        "ci_low",
        "ci_high",
        "se",
        "undefined_because",
    ];

    /// <summary>Replaces a file by the coefficients.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tables">The tables with their coefficients, in the order to write.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void Write(
        string path,
        IEnumerable<(RatingsTable Table, IReadOnlyList<AgreementCoefficient> Coefficients)> tables
    )
    {
        using var lines = new CsvLines(Columns);
        foreach (var (table, coefficients) in tables)
        foreach (var c in coefficients)
            lines.Add(
                table.Criterion ?? "",
                Whole(table.Ratings.Items.Count),
                Whole(table.Ratings.Raters.Count),
                Whole(table.Ratings.Count),
                c.Name,
                c.Weights,
                NumberText.Of(c.Estimate.Value),
                NumberText.Of(c.Estimate.Interval?.Low),
                NumberText.Of(c.Estimate.Interval?.High),
                NumberText.Of(c.Estimate.StandardError),
                c.Estimate.UndefinedBecause ?? c.Estimate.NoIntervalBecause ?? ""
            );
        AtomicFile.Replace(path, lines.ToBytes());
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
