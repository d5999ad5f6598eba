using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting;

/// <summary>A dataset that can be written.</summary>
/// <param name="Shape">A row's shape.</param>
/// <param name="Side">The shape of what stands beside a row in a file of its own; null where the row has it all.</param>
/// <param name="Parts">In the order train, validation, test; those that the recipe has.</param>
public sealed record Dataset(Shape Shape, Shape? Side, IReadOnlyList<DatasetPart> Parts)
{
    /// <summary>How many rows all parts have.</summary>
    public int Count => Parts.Sum(p => p.Count);
}

/// <summary>The rows of a split.</summary>
/// <param name="Split">The split.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Rows">The rows, made one by one while they are read.</param>
public sealed record DatasetPart(Split Split, int Count, IEnumerable<DatasetRow> Rows);

/// <summary>A row.</summary>
/// <param name="Values">One value a field of <see cref="Dataset.Shape"/>.</param>
/// <param name="Side">One value a field of <see cref="Dataset.Side"/>; empty without.</param>
public readonly record struct DatasetRow(object[] Values, object[] Side);
