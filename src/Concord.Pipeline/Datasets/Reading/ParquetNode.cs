using Concord.Pipeline.Datasets.Parquet;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>What a value in a Parquet file is, and how its levels tell what is missing.</summary>
/// <param name="Name">Its name in the record around it.</param>
/// <param name="Definition">The definition level from which on it is there.</param>
/// <param name="Optional">Whether it can be null.</param>
/// <param name="First">The first of its columns.</param>
/// <param name="Columns">How many it has; they lie side by side.</param>
internal abstract record ParquetNode(string Name, int Definition, bool Optional, int First, int Columns);

/// <summary>Named values.</summary>
internal sealed record RecordNode(
    string Name,
    int Definition,
    bool Optional,
    int First,
    int Columns,
    IReadOnlyList<ParquetNode> Fields
) : ParquetNode(Name, Definition, Optional, First, Columns);

/// <summary>Any number of values.</summary>
/// <param name="ElementDefinition">The definition level from which on it has any.</param>
/// <param name="ElementRepetition">The repetition level of every element but the first.</param>
internal sealed record ListNode(
    string Name,
    int Definition,
    bool Optional,
    int First,
    int Columns,
    ParquetNode Element,
    int ElementDefinition,
    int ElementRepetition
) : ParquetNode(Name, Definition, Optional, First, Columns);

/// <summary>A value without parts.</summary>
/// <param name="Repetition">Its largest repetition level.</param>
/// <param name="Type">How it is kept.</param>
/// <param name="Unsigned">Whether its sign bit is a digit.</param>
/// <param name="Decimals">How many of its digits are decimals; null for what is no decimal.</param>
internal sealed record LeafNode(
    string Name,
    int Definition,
    bool Optional,
    int First,
    int Repetition,
    PhysicalType Type,
    bool Unsigned,
    int? Decimals
) : ParquetNode(Name, Definition, Optional, First, 1);
