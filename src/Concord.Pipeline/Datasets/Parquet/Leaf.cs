namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>Parquet's physical types, by their numbers.</summary>
internal enum PhysicalType
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Int96 = 3,
    Float = 4,
    Double = 5,
    ByteArray = 6,
    FixedLengthByteArray = 7,
}

/// <summary>A column of a file: a value that has no parts, wherever in a row it stands.</summary>
/// <param name="Path">The names that lead to it.</param>
/// <param name="Type">How its values are kept.</param>
/// <param name="Lists">How many lists it is inside of: its largest repetition level and its largest definition level, since nothing else may be missing.</param>
internal sealed record Leaf(IReadOnlyList<string> Path, PhysicalType Type, int Lists)
{
    /// <summary>The columns of a shape, in the file's order.</summary>
    public static IEnumerable<Leaf> Of(Shape shape, IReadOnlyList<string> path, int lists) =>
        shape switch
        {
            Shape.RecordShape record => record.Fields.SelectMany(f => Of(f.Shape, [.. path, f.Name], lists)),
            Shape.ListShape list => Of(list.Element, [.. path, "list", "element"], lists + 1),
            _ => [new(path, TypeOf(shape), lists)],
        };

    public static PhysicalType TypeOf(Shape shape) =>
        shape switch
        {
            Shape.TextShape => PhysicalType.ByteArray,
            Shape.NumberShape => PhysicalType.Double,
            Shape.WholeShape => PhysicalType.Int64,
            Shape.FlagShape => PhysicalType.Boolean,
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a value without parts."),
        };
}
