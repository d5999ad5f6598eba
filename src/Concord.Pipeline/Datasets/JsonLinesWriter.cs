using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concord.Pipeline.Datasets;

/// <summary>Rows as JSON lines: one object a line, UTF-8 without BOM, LF; a double always has a point, or loaders take it for a whole number.</summary>
public sealed class JsonLinesWriter : IRowWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Shape.RecordShape _shape;
    private readonly Stream _stream;
    private readonly Utf8JsonWriter _json;

    private readonly bool _leaveOpen;

    /// <param name="shape">A record.</param>
    /// <param name="stream">Takes the lines.</param>
    /// <param name="leaveOpen">Whether the stream stays open at the end.</param>
    public JsonLinesWriter(Shape shape, Stream stream, bool leaveOpen = true) =>
        (_shape, _stream, _json, _leaveOpen) = ((Shape.RecordShape)shape, stream, new(stream, Options), leaveOpen);

    /// <inheritdoc/>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public void Write(object[] row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Write(_shape, row);
        _json.Flush();
        Bytes += _json.BytesCommitted + 1;
        _json.Reset();
        _stream.WriteByte((byte)'\n');
    }

    /// <inheritdoc/>
    public void Finish() => _stream.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        if (!_leaveOpen)
            _stream.Dispose();
    }

    private void Write(Shape shape, object value)
    {
        switch (shape)
        {
            case Shape.TextShape:
                _json.WriteStringValue(WellFormed.Of((string)value));
                break;
            case Shape.NumberShape:
                _json.WriteRawValue(Number((double)value), skipInputValidation: true);
                break;
            case Shape.WholeShape:
                _json.WriteNumberValue((long)value);
                break;
            case Shape.FlagShape:
                _json.WriteBooleanValue((bool)value);
                break;
            case Shape.ListShape list:
                _json.WriteStartArray();
                foreach (var element in (IReadOnlyList<object>)value)
                    Write(list.Element, element);
                _json.WriteEndArray();
                break;
            case Shape.RecordShape record:
                var values = (object[])value;
                _json.WriteStartObject();
                for (var i = 0; i < values.Length; i++)
                {
                    _json.WritePropertyName(record.Fields[i].Name);
                    Write(record.Fields[i].Shape, values[i]);
                }
                _json.WriteEndObject();
                break;
        }
    }

    private static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"{value} is no number that JSON can hold.", nameof(value));
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }
}
