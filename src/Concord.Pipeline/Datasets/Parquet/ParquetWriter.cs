namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>Rows as a Parquet file: required columns and lists, dictionaries, gzip, row groups of about 1 MB, a page index.</summary>
/// <remarks>Source: Apache Parquet, parquet.thrift and README.md ("File format", "Nested Encoding", "Page Index").</remarks>
public sealed class ParquetWriter : IRowWriter
{
    private const int RowGroupBytes = 1 << 20;

    private readonly Shape.RecordShape _shape;
    private readonly CountedStream _file;
    private readonly Column[] _columns;
    private readonly List<(IReadOnlyList<Chunk> Chunks, long Rows)> _groups = [];
    private readonly IReadOnlyList<KeyValuePair<string, string>> _metadata;
    private long _rows;

    /// <param name="shape">A record.</param>
    /// <param name="stream">Takes the file from its beginning; it is left open.</param>
    /// <param name="metadata">What readers may want to know beside it.</param>
    public ParquetWriter(Shape shape, Stream stream, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        _shape = (Shape.RecordShape)shape;
        (_file, _metadata) = (new(stream), metadata);
        _columns = [.. Leaf.Of(shape, [], 0).Select(l => new Column(l))];
        _file.Write("PAR1"u8);
    }

    /// <inheritdoc/>
    public long Bytes => _file.Written;

    /// <inheritdoc/>
    public void Write(object[] row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var column = 0;
        Take(_shape, row, 0, 0, 0, ref column);
        _rows++;
        if (_columns.Sum(c => c.Bytes) >= RowGroupBytes)
            Flush();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Flush();
        ParquetFooter.Write(_file, _shape, _groups, _metadata);
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private void Flush()
    {
        if (_rows == 0)
            return;
        _groups.Add(([.. _columns.Select(c => c.Flush(_file))], _rows));
        _rows = 0;
    }

    // Dremel's levels where only lists can be missing: at which of the lists around it a value begins anew, and how many of them have anything.
    private void Take(Shape shape, object? value, int repetition, int definition, int depth, ref int column)
    {
        switch (shape)
        {
            case Shape.RecordShape record:
                for (var i = 0; i < record.Fields.Count; i++)
                    Take(record.Fields[i].Shape, ((object[]?)value)?[i], repetition, definition, depth, ref column);
                break;
            case Shape.ListShape list:
                var first = column;
                var elements = (IReadOnlyList<object>?)value ?? [];
                if (elements.Count == 0)
                    Take(list.Element, null, repetition, definition, depth + 1, ref column);
                for (var i = 0; i < elements.Count; i++)
                {
                    column = first;
                    Take(list.Element, elements[i], i == 0 ? repetition : depth + 1, definition + 1, depth + 1, ref column);
                }
                break;
            default:
                if (value is double number && !double.IsFinite(number))
                    throw new ArgumentException($"{number} is no number that a dataset can hold.", nameof(value));
                _columns[column++].Add(value, repetition, definition);
                break;
        }
    }
}
