using System.Buffers.Binary;

namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>What a Parquet file ends with: the page index, then what is where.</summary>
internal static class ParquetFooter
{
    private const int Gzip = 2;
    private const int Required = 0;
    private const int Repeated = 2;
    private const int Utf8 = 0;
    private const int ListType = 3;

    private sealed record Node(string Name, int? Repetition, PhysicalType? Type, int Children, bool IsText, bool IsList);

    private readonly record struct IndexPlace(long ColumnAt, int ColumnLength, long OffsetAt, int OffsetLength);

    public static void Write(
        CountedStream file,
        Shape.RecordShape shape,
        IReadOnlyList<(IReadOnlyList<Chunk> Chunks, long Rows)> groups,
        IReadOnlyList<KeyValuePair<string, string>> metadata
    )
    {
        IndexPlace[][] indexes = [.. groups.Select(g => g.Chunks.Select(c => WriteIndex(file, c)).ToArray())];
        var nodes = new List<Node>();
        AddNodes(nodes, "schema", shape, repetition: null);
        var footer = new CompactWriter();
        footer
            .Field(1, 2)
            .Structs(2, nodes, WriteNode)
            .Field(3, groups.Sum(g => g.Rows))
            .Structs(4, [.. groups.Zip(indexes)], (w, g) => WriteGroup(w, g.First.Chunks, g.First.Rows, g.Second))
            .Structs(5, metadata, (w, pair) => w.Field(1, pair.Key).Field(2, pair.Value))
            .Field(6, "concord")
            // Without it readers do not trust the page index: texts are ordered by their bytes, numbers as numbers.
            .Structs(7, [.. nodes.Where(n => n.Type is not null)], (w, _) => w.Struct(1, _ => { }))
            .End();
        file.Write(footer.Written);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Written.Length);
        file.Write(length);
        file.Write("PAR1"u8);
    }

    private static IndexPlace WriteIndex(CountedStream file, Chunk chunk)
    {
        var columnAt = file.Written;
        var column = new CompactWriter()
            .List(1, [.. chunk.Bounds.Select(b => b is null)])
            .List(2, [.. chunk.Bounds.Select(b => b?.Min ?? [])])
            .List(3, [.. chunk.Bounds.Select(b => b?.Max ?? [])])
            .Field(4, 0)
            .List(5, chunk.Empty)
            .End();
        file.Write(column.Written);
        var offsetAt = file.Written;
        var offset = new CompactWriter()
            .Structs(1, chunk.Pages, (w, p) => w.Field(1, p.Offset).Field(2, p.Length).Field(3, p.FirstRow))
            .End();
        file.Write(offset.Written);
        return new(columnAt, (int)(offsetAt - columnAt), offsetAt, (int)(file.Written - offsetAt));
    }

    private static void WriteGroup(CompactWriter writer, IReadOnlyList<Chunk> chunks, long rows, IndexPlace[] indexes) =>
        writer
            .Structs(
                1,
                [.. chunks.Zip(indexes)],
                (w, c) =>
                    w.Field(2, Start(c.First))
                        .Struct(3, m => WriteChunk(m, c.First))
                        .Field(4, c.Second.OffsetAt)
                        .Field(5, c.Second.OffsetLength)
                        .Field(6, c.Second.ColumnAt)
                        .Field(7, c.Second.ColumnLength)
            )
            .Field(2, chunks.Sum(c => c.Unpacked))
            .Field(3, rows)
            .Field(5, Start(chunks[0]))
            .Field(6, chunks.Sum(c => c.Packed));

    private static long Start(Chunk chunk) => chunk.HasDictionary ? chunk.DictionaryAt : chunk.DataAt;

    private static void WriteChunk(CompactWriter writer, Chunk chunk)
    {
        int[] encodings = chunk.HasDictionary
            ? [(int)PageEncoding.Plain, (int)PageEncoding.Hybrid, (int)PageEncoding.Dictionary]
            : [(int)PageEncoding.Plain, (int)PageEncoding.Hybrid];
        writer
            .Field(1, (int)chunk.Leaf.Type)
            .List(2, encodings)
            .List(3, [.. chunk.Leaf.Path])
            .Field(4, Gzip)
            .Field(5, chunk.Values)
            .Field(6, chunk.Unpacked)
            .Field(7, chunk.Packed)
            .Field(9, chunk.DataAt);
        if (chunk.HasDictionary)
            writer.Field(11, chunk.DictionaryAt);
    }

    private static void AddNodes(List<Node> nodes, string name, Shape shape, int? repetition)
    {
        switch (shape)
        {
            case Shape.RecordShape record:
                nodes.Add(new(name, repetition, null, record.Fields.Count, IsText: false, IsList: false));
                foreach (var field in record.Fields)
                    AddNodes(nodes, field.Name, field.Shape, Required);
                break;
            case Shape.ListShape list:
                nodes.Add(new(name, repetition, null, 1, IsText: false, IsList: true));
                nodes.Add(new("list", Repeated, null, 1, IsText: false, IsList: false));
                AddNodes(nodes, "element", list.Element, Required);
                break;
            default:
                nodes.Add(new(name, repetition, Leaf.TypeOf(shape), 0, shape is Shape.TextShape, IsList: false));
                break;
        }
    }

    private static void WriteNode(CompactWriter writer, Node node)
    {
        if (node.Type is { } type)
            writer.Field(1, (int)type);
        if (node.Repetition is { } repetition)
            writer.Field(3, repetition);
        writer.Field(4, node.Name);
        if (node.Type is null)
            writer.Field(5, node.Children);
        if (node.IsText)
            writer.Field(6, Utf8).Struct(10, l => l.Struct(1, _ => { }));
        if (node.IsList)
            writer.Field(6, ListType).Struct(10, l => l.Struct(3, _ => { }));
    }
}
