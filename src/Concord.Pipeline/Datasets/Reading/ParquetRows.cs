using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets.Parquet;
using Microsoft.Win32.SafeHandles;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>
/// Rows of a Parquet file as JSON: flat, list and record columns, PLAIN and dictionaries, pages of both versions, packed with
/// gzip, Snappy or not. What is missing is null; a double has a point; what is not finite stands as 1e999, which no double holds.
/// </summary>
/// <remarks>Source: Apache Parquet, parquet.thrift and README.md ("File format", "Nested Encoding").</remarks>
internal sealed class ParquetRows : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private const int MostEscaped = 6;

    private readonly SafeFileHandle _file;
    private readonly string _name;
    private readonly PageSource _source;
    private readonly ParquetMetadata _metadata;
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly Utf8JsonWriter _json;
    private ColumnCursor[] _columns = [];
    private int _group;
    private long _left;
    private long _row;
    private JsonDocument? _document;

    /// <param name="path">The file.</param>
    /// <param name="name">How to name it.</param>
    /// <exception cref="ConcordException">It is broken, or of a kind that is not read here.</exception>
    public ParquetRows(string path, string name)
    {
        (_file, _name) = (File.OpenHandle(path), name);
        _source = new(_file, name);
        _json = new(_bytes, Options);
        try
        {
            _metadata = ParquetMetadata.Read(_file, name);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            _file.Dispose();
            throw Broken(e);
        }
        catch (ConcordException)
        {
            _file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _document?.Dispose();
        _json.Dispose();
        _file.Dispose();
    }

    /// <summary>The next row; null at the end.</summary>
    /// <exception cref="ConcordException">The file is broken, or of a kind that is not read here.</exception>
    public DatasetRow? TryNext()
    {
        _document?.Dispose();
        _document = null;
        try
        {
            while (_left == 0)
            {
                if (_columns.Any(c => !c.Ended))
                    throw new InvalidDataException("its columns have more values than its row groups have rows");
                if (_group == _metadata.Groups.Count)
                    return null;
                var group = _metadata.Groups[_group++];
                _columns = [.. _metadata.Columns.Zip(group.Columns, (leaf, chunk) => new ColumnCursor(_source, leaf, chunk))];
                _left = group.Rows;
            }
            _left--;
            _row++;
            _bytes.ResetWrittenCount();
            _json.Reset();
            if (!Array.TrueForAll(_columns, c => c is { Ended: false, Repetition: 0 }))
                throw new InvalidDataException("its columns have fewer values than its row groups have rows");
            Write(_metadata.Row);
            _json.Flush();
            _document = JsonDocument.Parse(_bytes.WrittenMemory);
            return new(_name, _row, _document.RootElement);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Broken(e);
        }
    }

    private ConcordException Broken(Exception e) =>
        new(
            [
                new Problem(
                    Severity.Error,
                    "broken-parquet",
                    _name,
                    _row > 0 ? Places.LineOf(_row) : null,
                    null,
                    $"The Parquet file is broken: {e.Message.TrimEnd('.')}.",
                    "Get the file again, or write it again from its source."
                ),
            ]
        );

    private void Write(ParquetNode node)
    {
        if (node is LeafNode leaf)
        {
            WriteLeaf(leaf);
            return;
        }
        var definition = _columns[node.First].Definition;
        if (node.Optional && definition < node.Definition)
        {
            Pass(node);
            _json.WriteNullValue();
            return;
        }
        switch (node)
        {
            case RecordNode record:
                _json.WriteStartObject();
                foreach (var field in record.Fields)
                {
                    _json.WritePropertyName(field.Name);
                    Write(field);
                }
                _json.WriteEndObject();
                break;
            case ListNode list:
                _json.WriteStartArray();
                if (definition < list.ElementDefinition)
                    Pass(list, list.Definition);
                else
                    WriteElements(list);
                _json.WriteEndArray();
                break;
        }
    }

    private void WriteElements(ListNode list)
    {
        do
        {
            Write(list.Element);
            CheckLength();
        } while (Continues(list));
    }

    private void CheckLength()
    {
        if (_bytes.WrittenCount + _json.BytesPending > DatasetReader.LargestRow)
            throw TooLong($"Row {_row} has");
    }

    private ConcordException TooLong(string what) =>
        _source.Refused(
            "row-too-long",
            $"{what} more than {DatasetReader.LargestRow:#,0} bytes as JSON.",
            "Leave out what no trainer reads."
        );

    // Every column of the list has to say the same.
    private bool Continues(ListNode list)
    {
        var first = _columns[list.First];
        var continues = !first.Ended && first.Repetition == list.ElementRepetition;
        for (var i = list.First; i < list.First + list.Columns; i++)
        {
            var column = _columns[i];
            if (
                !column.Ended && column.Repetition > list.ElementRepetition
                || continues != (!column.Ended && column.Repetition == list.ElementRepetition)
            )
                throw Apart();
        }
        return continues;
    }

    // What is null or empty has one entry in each of its columns.
    private void Pass(ParquetNode node, int? exactly = null)
    {
        var level = _columns[node.First].Definition;
        for (var i = node.First; i < node.First + node.Columns; i++)
        {
            if (_columns[i].Ended || _columns[i].Definition != level || (exactly is { } wanted && level != wanted))
                throw Apart();
            _columns[i].Move();
        }
    }

    private void WriteLeaf(LeafNode leaf)
    {
        var column = _columns[leaf.First];
        if (column.Ended)
            throw Apart();
        if (column.Definition == leaf.Definition)
            WriteValue(leaf, column.Value.Span);
        else if (leaf.Optional && column.Definition == leaf.Definition - 1)
            _json.WriteNullValue();
        else
            throw Apart();
        CheckLength();
        column.Move();
    }

    private void WriteValue(LeafNode leaf, ReadOnlySpan<byte> value)
    {
        switch (leaf.Type)
        {
            case PhysicalType.ByteArray:
                // Of what is escaped a byte becomes six, and the writer makes room for all of them at once.
                if (value.Length * (long)MostEscaped > DatasetReader.LargestRow)
                    throw TooLong($"The column '{leaf.Name}' may have in row {_row}");
                if (!Utf8.IsValid(value))
                    throw _source.Refused(
                        "not-utf8",
                        $"The column '{leaf.Name}' has in row {_row} what is not UTF-8.",
                        "Write texts as UTF-8, and leave bytes out."
                    );
                _json.WriteStringValue(value);
                break;
            case PhysicalType.Boolean:
                _json.WriteBooleanValue(value[0] == 1);
                break;
            case PhysicalType.Double:
                WriteNumber(BinaryPrimitives.ReadDoubleLittleEndian(value));
                break;
            case PhysicalType.Float:
                WriteNumber(BinaryPrimitives.ReadSingleLittleEndian(value));
                break;
            default:
                var whole =
                    leaf.Type == PhysicalType.Int32
                        ? BinaryPrimitives.ReadInt32LittleEndian(value)
                        : BinaryPrimitives.ReadInt64LittleEndian(value);
                if (leaf.Decimals is { } decimals)
                    WriteNumber(whole / Math.Pow(10, decimals));
                else if (leaf.Unsigned)
                    _json.WriteNumberValue(leaf.Type == PhysicalType.Int32 ? (uint)whole : (ulong)whole);
                else
                    _json.WriteNumberValue(whole);
                break;
        }
    }

    private void WriteNumber(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        _json.WriteRawValue(
            !double.IsFinite(value) ? (value < 0 ? "-1e999" : "1e999")
                : text.AsSpan().ContainsAny(".E") ? text
                : text + ".0",
            skipInputValidation: true
        );
    }

    private static InvalidDataException Apart() => new("the columns of a list or record do not agree on what is missing");
}
