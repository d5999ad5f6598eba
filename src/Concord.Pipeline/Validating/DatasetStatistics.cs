using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets.Reading;

namespace Concord.Pipeline.Validating;

/// <summary>What a dataset holds.</summary>
/// <param name="Format">The format that was named or told from the columns.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Skipped">Lines that are no row, and rows that lack what the format has.</param>
/// <param name="Summary">What the other rows hold.</param>
public sealed record DatasetStatistics(string Format, int Files, long Skipped, DatasetSummary Summary)
{
    /// <summary>Reads the files of one dataset.</summary>
    /// <param name="files">As <see cref="DatasetReader.Files"/> gives them, in order.</param>
    /// <param name="name">The format, one of <see cref="DatasetValidation.Formats"/>; null to tell it from the columns.</param>
    /// <exception cref="ConcordException">The format cannot be told, or a file cannot be read.</exception>
    public static DatasetStatistics Of(IReadOnlyList<(string Path, string Name)> files, string? name)
    {
        var format = DatasetValidation.Taken(files, name);
        var summary = new DatasetSummary();
        var skipped = 0L;
        foreach (var (path, shown) in files)
        foreach (var row in DatasetReader.Read(path, shown, _ => skipped++))
            if (RowPair.Of(format, row) is { } pair)
                summary.Add(pair);
            else
                skipped++;
        return new(format.Name, files.Count, skipped, summary);
    }
}
