namespace Concord.Pipeline.Datasets;

/// <summary>What a value of a dataset is: never null, the same in every row. Loaders guess types from the first rows, and a trainer takes the guess for the truth.</summary>
public abstract record Shape
{
    private Shape() { }

    /// <summary>A <see cref="string"/>.</summary>
    public static Shape Text { get; } = new TextShape();

    /// <summary>A finite <see cref="double"/>.</summary>
    public static Shape Number { get; } = new NumberShape();

    /// <summary>A <see cref="long"/>.</summary>
    public static Shape Whole { get; } = new WholeShape();

    /// <summary>A <see cref="bool"/>.</summary>
    public static Shape Flag { get; } = new FlagShape();

    /// <summary>Any number of values of one shape: an <see cref="IReadOnlyList{T}"/> of objects.</summary>
    public static Shape List(Shape element) => new ListShape(element);

    /// <summary>Named values in a fixed order: an array of objects, one a field.</summary>
    public static Shape Record(params Field[] fields) => new RecordShape(fields);

    internal sealed record TextShape : Shape;

    internal sealed record NumberShape : Shape;

    internal sealed record WholeShape : Shape;

    internal sealed record FlagShape : Shape;

    internal sealed record ListShape(Shape Element) : Shape;

    internal sealed record RecordShape(IReadOnlyList<Field> Fields) : Shape;
}

/// <summary>A named value of a record.</summary>
/// <param name="Name">Its name, unique among its record's.</param>
/// <param name="Shape">What it is.</param>
public sealed record Field(string Name, Shape Shape);
