using Concord.Core.Domain;
using Concord.Pipeline.Datasets.Parquet;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>An entry of a file's schema as it stands there: depth first, each with the number of those below it.</summary>
internal sealed record SchemaEntry
{
    public string Name { get; set; } = "";
    public int? Type { get; set; }
    public int Repetition { get; set; }
    public int Children { get; set; }

    /// <summary>What it means, by Parquet's converted types; null where only its logical type says.</summary>
    public int? Converted { get; set; }
    public int Scale { get; set; }

    /// <summary>The number of its logical type.</summary>
    public int? Logical { get; set; }
    public bool Unsigned { get; set; }
}

/// <summary>Makes the tree of values from a file's schema.</summary>
/// <remarks>Source: Apache Parquet, LogicalTypes.md, "Lists" and "Backward-compatibility rules".</remarks>
internal sealed class ParquetSchema(IReadOnlyList<SchemaEntry> entries, string file)
{
    private const int Deepest = 32;
    private const int OptionalValue = 1;
    private const int RepeatedValue = 2;

    private const int ConvertedMap = 1;
    private const int ConvertedKeyValue = 2;
    private const int ConvertedList = 3;
    private const int ConvertedDecimal = 5;
    private const int FirstUnsigned = 11;
    private const int LastUnsigned = 14;
    private const int LogicalMap = 2;
    private const int LogicalList = 3;
    private const int LogicalDecimal = 5;

    private readonly List<LeafNode> _leaves = [];
    private int _next;

    private sealed record Raw(SchemaEntry Entry, IReadOnlyList<Raw> Children)
    {
        public bool IsList =>
            Children is [{ Entry.Repetition: RepeatedValue }]
            && (Entry.Logical is LogicalList || Entry.Converted is ConvertedList);

        public bool IsMap =>
            Children is [{ Entry.Repetition: RepeatedValue }]
            && (Entry.Logical is LogicalMap || Entry.Converted is ConvertedMap or ConvertedKeyValue);
    }

    /// <summary>The row, and its columns in the file's order.</summary>
    /// <exception cref="InvalidDataException">The entries make no tree.</exception>
    /// <exception cref="ConcordException">A column is kept in a way that is not read here.</exception>
    public (RecordNode Row, IReadOnlyList<LeafNode> Columns) Tree()
    {
        var root = Take(0);
        if (_next != entries.Count || root.Children.Count == 0)
            throw new InvalidDataException("its schema is no tree");
        return ((RecordNode)Record(root, 0, 0, optional: false), _leaves);
    }

    private Raw Take(int depth)
    {
        if (_next >= entries.Count || depth > Deepest)
            throw new InvalidDataException(depth > Deepest ? "its schema is nested too deep" : "its schema is cut off");
        var entry = entries[_next++];
        if (
            entry.Children < 0
            || entry.Children > entries.Count - _next
            || (entry.Type is null && entry.Children == 0)
            || entry is { Type: not null, Children: > 0 }
        )
            throw new InvalidDataException("its schema is no tree");
        var children = new List<Raw>();
        for (var i = 0; i < entry.Children; i++)
            children.Add(Take(depth + 1));
        return new(entry, children);
    }

    // The levels are those around it.
    private ParquetNode Value(Raw raw, int definition, int repetition)
    {
        var entry = raw.Entry;
        if (entry.Repetition == RepeatedValue)
        {
            // An old way to write a list: the value itself is repeated, and cannot be null.
            var first = _leaves.Count;
            var element = Bare(raw, definition + 1, repetition + 1, optional: false);
            return new ListNode(
                entry.Name,
                definition,
                false,
                first,
                _leaves.Count - first,
                element,
                definition + 1,
                repetition + 1
            );
        }
        var optional = entry.Repetition == OptionalValue;
        return Bare(raw, definition + (optional ? 1 : 0), repetition, optional);
    }

    private ParquetNode Bare(Raw raw, int definition, int repetition, bool optional)
    {
        if (raw.Entry.Type is not null)
            return Leaf(raw.Entry, definition, repetition, optional);
        if (!raw.IsList && !raw.IsMap)
            return Record(raw, definition, repetition, optional);
        var first = _leaves.Count;
        var repeated = raw.Children[0];
        var isElement =
            raw.IsMap
            || repeated.Children.Count != 1
            || repeated.Entry.Name == "array"
            || repeated.Entry.Name == raw.Entry.Name + "_tuple";
        var element = isElement
            ? Bare(repeated, definition + 1, repetition + 1, optional: false)
            : Value(repeated.Children[0], definition + 1, repetition + 1);
        return new ListNode(
            raw.Entry.Name,
            definition,
            optional,
            first,
            _leaves.Count - first,
            element,
            definition + 1,
            repetition + 1
        );
    }

    private RecordNode Record(Raw raw, int definition, int repetition, bool optional)
    {
        var first = _leaves.Count;
        ParquetNode[] fields = [.. raw.Children.Select(c => Value(c, definition, repetition))];
        if (fields.DistinctBy(f => f.Name, StringComparer.Ordinal).Count() < fields.Length)
            throw new InvalidDataException("two of its columns have the same name");
        return new(raw.Entry.Name, definition, optional, first, _leaves.Count - first, fields);
    }

    private LeafNode Leaf(SchemaEntry entry, int definition, int repetition, bool optional)
    {
        var type = (PhysicalType)entry.Type!.Value;
        if (!Enum.IsDefined(type))
            throw new InvalidDataException($"its column '{entry.Name}' has a type of no known number");
        var isDecimal = entry.Logical is LogicalDecimal || entry.Converted is ConvertedDecimal;
        if (type is PhysicalType.Int96 or PhysicalType.FixedLengthByteArray || (isDecimal && type == PhysicalType.ByteArray))
            throw new ConcordException(
                "parquet-type",
                $"The column '{entry.Name}' is kept as {(isDecimal ? "a long decimal" : type == PhysicalType.Int96 ? "INT96" : "FIXED_LEN_BYTE_ARRAY")}, which is not read here.",
                "Write it as a text, a double or a 64-bit whole number: trainers want these, too.",
                file
            );
        if (isDecimal && entry.Scale is < 0 or > 18)
            throw new InvalidDataException($"its column '{entry.Name}' has {entry.Scale} decimals");
        var unsigned = entry.Unsigned || entry.Converted is >= FirstUnsigned and <= LastUnsigned;
        var leaf = new LeafNode(
            entry.Name,
            definition,
            optional,
            _leaves.Count,
            repetition,
            type,
            unsigned,
            isDecimal ? entry.Scale : null
        );
        _leaves.Add(leaf);
        return leaf;
    }
}
