using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>How a dataset came about. Of <see cref="Pairs"/> and <see cref="Outputs"/> one is there, as the format's rows are.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Summary">Counts and figures of the rows.</param>
public sealed record ExportReport(ExportRecipe Recipe, DatasetSummary Summary)
{
    /// <summary>What each rule left out of the pairs.</summary>
    public PairReport? Pairs { get; init; }

    /// <summary>What each rule left out of the outputs.</summary>
    public OutputReport? Outputs { get; init; }

    /// <summary>How many rows each split has, in the order of a dataset's parts.</summary>
    public required IReadOnlyList<(Split Split, int Rows)> Splits { get; init; }

    /// <summary>The licences of the replies, the most frequent first; <see cref="ExportRecipe.Unknown"/> where none is recorded.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Licenses { get; init; }

    /// <summary>What a scan took out of graders' notes, by kind; empty without notes.</summary>
    public IReadOnlyDictionary<string, int> TakenOut { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether the pseudonyms' key was drawn for this release alone.</summary>
    public bool HasFreshKey { get; init; }

    /// <summary>How many rows there are.</summary>
    public int Rows => Splits.Sum(s => s.Rows);
}
