using System.Buffers.Binary;
using Concord.Core.Domain;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>A column's share of a row group, and where it lies.</summary>
internal sealed record ColumnChunk(int Codec, long Values, long Start, long Length);

/// <summary>Rows that lie together.</summary>
internal sealed record RowGroup(long Rows, IReadOnlyList<ColumnChunk> Columns);

/// <summary>What a Parquet file ends with.</summary>
/// <param name="Row">What a row is.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Groups">Where the rows lie.</param>
internal sealed record ParquetMetadata(RecordNode Row, IReadOnlyList<LeafNode> Columns, List<RowGroup> Groups)
{
    private const int LargestFooter = 32 * 1024 * 1024;
    private const long MostRows = 1_000_000;
    private const long MostRowsForAByte = 1_000;
    private const int Magic = 4;
    private const int Tail = 8;

    /// <summary>Reads it; every place in it lies within the file.</summary>
    /// <exception cref="InvalidDataException">It is broken; the message goes on from "The Parquet file is broken: ".</exception>
    /// <exception cref="ConcordException">It is of a kind that is not read here.</exception>
    public static ParquetMetadata Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, string name)
    {
        var length = RandomAccess.GetLength(file);
        var tail = new byte[Tail];
        if (length < Magic + Tail || RandomAccess.Read(file, tail, length - Tail) < Tail)
            throw new InvalidDataException("it is too short");
        if (tail.AsSpan(4).SequenceEqual("PARE"u8))
            throw new ConcordException(
                "parquet-encrypted",
                "The file is encrypted, which is not read here.",
                "Write it without encryption.",
                name
            );
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8) || size > length - Magic - Tail)
            throw new InvalidDataException("it does not end as such a file does; it may be cut off");
        if (size > LargestFooter)
            throw new ConcordException(
                "parquet-footer",
                $"The file's metadata have {size:#,0} bytes; at most {LargestFooter:#,0} are read.",
                "Write fewer rows a file, or larger row groups.",
                name
            );
        var footer = new byte[size];
        var end = length - Tail - size;
        if (RandomAccess.Read(file, footer, end) < size)
            throw new InvalidDataException("it is cut off");
        var metadata = Parse(footer, end, name);
        CheckRows(metadata.Groups, length, name);
        CheckApart(metadata.Groups);
        return metadata;
    }

    // Runs and dictionaries make many rows of few bytes, but nobody has a thousand rows in each.
    private static void CheckRows(List<RowGroup> groups, long length, string name)
    {
        var left = MostRows + MostRowsForAByte * length;
        foreach (var group in groups)
        {
            if (group.Rows > left)
                throw new ConcordException(
                    "parquet-rows",
                    $"The file says that it has more than {MostRows + MostRowsForAByte * length:#,0} rows, in {length:#,0} bytes.",
                    "Get the file again, or write it again from its source.",
                    name
                );
            left -= group.Rows;
        }
    }

    // Otherwise a few bytes could be read again and again.
    private static void CheckApart(List<RowGroup> groups)
    {
        var end = 0L;
        foreach (var chunk in groups.SelectMany(g => g.Columns).Where(c => c.Length > 0).OrderBy(c => c.Start))
        {
            if (chunk.Start < end)
                throw new InvalidDataException("two of its columns lie in the same place");
            end = chunk.Start + chunk.Length;
        }
    }

    private static ParquetMetadata Parse(ReadOnlySpan<byte> footer, long end, string name)
    {
        var reader = new CompactReader(footer);
        var entries = new List<SchemaEntry>();
        var groups = new List<RowGroup>();
        while (reader.Field(out var id, out var type))
        {
            if (id is not (2 or 4) || type != CompactType.List)
            {
                reader.Skip(type);
                continue;
            }
            var count = Structs(ref reader);
            for (var i = 0; i < count; i++)
                if (id == 2)
                    entries.Add(Entry(ref reader));
                else
                    groups.Add(Group(ref reader, end, name));
        }
        var (row, columns) = new ParquetSchema(entries, name).Tree();
        if (groups.Exists(g => g.Columns.Count != columns.Count))
            throw new InvalidDataException("a row group has not the columns of its schema");
        return new(row, columns, groups);
    }

    private static SchemaEntry Entry(ref CompactReader reader)
    {
        var entry = new SchemaEntry();
        var outer = reader.Begin();
        while (reader.Field(out var id, out var type))
            switch (id)
            {
                case 1:
                    entry.Type = reader.Int();
                    break;
                case 3:
                    entry.Repetition = reader.Int();
                    break;
                case 4:
                    entry.Name = reader.Text();
                    break;
                case 5:
                    entry.Children = reader.Int();
                    break;
                case 6:
                    entry.Converted = reader.Int();
                    break;
                case 7:
                    entry.Scale = reader.Int();
                    break;
                case 10 when type == CompactType.Struct:
                    Logical(ref reader, entry);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        reader.End(outer);
        if (entry is { Repetition: < 0 or > 2 } or { Name: "" })
            throw new InvalidDataException("its schema has a value without a name");
        return entry;
    }

    // A union: the one field that is there says which type it is; of a decimal 1 is the scale, of a whole number 2 says whether it is signed.
    private static void Logical(ref CompactReader reader, SchemaEntry entry)
    {
        const int Decimal = 5;
        const int Integer = 10;
        var outer = reader.Begin();
        while (reader.Field(out var id, out var type))
        {
            entry.Logical = id;
            if (type != CompactType.Struct || id is not (Decimal or Integer))
            {
                reader.Skip(type);
                continue;
            }
            var inner = reader.Begin();
            while (reader.Field(out var part, out var kind))
                if (id == Decimal && part == 1)
                    entry.Scale = reader.Int();
                else if (id == Integer && part == 2)
                    entry.Unsigned = kind == CompactType.False;
                else
                    reader.Skip(kind);
            reader.End(inner);
        }
        reader.End(outer);
    }

    private static RowGroup Group(ref CompactReader reader, long end, string name)
    {
        var columns = new List<ColumnChunk>();
        var rows = -1L;
        var outer = reader.Begin();
        while (reader.Field(out var id, out var type))
            if (id == 1 && type == CompactType.List)
            {
                var count = Structs(ref reader);
                for (var i = 0; i < count; i++)
                    columns.Add(Chunk(ref reader, end, name));
            }
            else if (id == 3)
                rows = reader.Whole();
            else
                reader.Skip(type);
        reader.End(outer);
        return rows >= 0 ? new(rows, columns) : throw new InvalidDataException("a row group does not say how many rows it has");
    }

    private static ColumnChunk Chunk(ref CompactReader reader, long end, string name)
    {
        ColumnChunk? chunk = null;
        var outer = reader.Begin();
        while (reader.Field(out var id, out var type))
            switch (id)
            {
                case 1:
                    throw new ConcordException(
                        "parquet-parts",
                        "Columns lie in other files, which is not read here.",
                        "Write all columns into one file.",
                        name
                    );
                case 8:
                    throw new ConcordException(
                        "parquet-encrypted",
                        "A column is encrypted, which is not read here.",
                        "Write it without encryption.",
                        name
                    );
                case 3 when type == CompactType.Struct:
                    chunk = Described(ref reader);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        reader.End(outer);
        if (
            chunk is null
            || chunk.Values < 0
            || chunk.Start < Magic
            || chunk.Length < 0
            || chunk.Start > end
            || chunk.Length > end - chunk.Start
        )
            throw new InvalidDataException("a column lies outside of it");
        return chunk;
    }

    private static ColumnChunk Described(ref CompactReader reader)
    {
        var (codec, values, length, data, dictionary) = (-1, -1L, -1L, -1L, 0L);
        var outer = reader.Begin();
        while (reader.Field(out var id, out var type))
            switch (id)
            {
                case 4:
                    codec = reader.Int();
                    break;
                case 5:
                    values = reader.Whole();
                    break;
                case 7:
                    length = reader.Whole();
                    break;
                case 9:
                    data = reader.Whole();
                    break;
                case 11:
                    dictionary = reader.Whole();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        reader.End(outer);
        return new(codec, values, dictionary > 0 && dictionary < data ? dictionary : data, length);
    }

    private static int Structs(ref CompactReader reader)
    {
        var count = reader.List(out var type);
        return count == 0 || type == CompactType.Struct
            ? count
            : throw new InvalidDataException("its metadata has a list of another kind");
    }
}
