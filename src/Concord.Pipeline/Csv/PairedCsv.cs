using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Two paired samples.</summary>
/// <param name="A">The first, finite.</param>
/// <param name="B">The values paired with them.</param>
public sealed record PairedSamples(double[] A, double[] B);

/// <summary>Reads paired samples, <c>a,b</c>: one pair a row.</summary>
public static class PairedCsv
{
    private static readonly string[] Required = ["a", "b"];

    /// <summary>Reads a table; a row without one of the two is no pair, which is noted.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong, and notes.</param>
    /// <returns>The samples; null where the file is in error.</returns>
    public static PairedSamples? Read(byte[] bytes, ProblemList problems)
    {
        var (a, b, halves) = (new List<double>(), new List<double>(), 0);
        foreach (var (line, cells) in NamedColumns.Rows(bytes, Required, [], problems))
        {
            if (cells[0].Length == 0 || cells[1].Length == 0)
            {
                halves++;
                continue;
            }
            if (
                NamedColumns.Number(cells[0], Required[0], line, problems) is { } first
                && NamedColumns.Number(cells[1], Required[1], line, problems) is { } second
            )
            {
                a.Add(first);
                b.Add(second);
            }
        }
        if (halves > 0)
            problems.Note("half-pair", null, null, $"{halves} rows without both values are left out.", "");
        return problems.HasErrors ? null : new([.. a], [.. b]);
    }
}
