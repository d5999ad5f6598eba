using CsvHelper;

namespace Concord.Pipeline.Csv;

/// <summary>Writes CSV canonically: comma, LF, quotes only where they are needed, UTF-8 without BOM.</summary>
internal sealed class CsvLines : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly CsvWriter _writer;

    public CsvLines(IEnumerable<string> header)
    {
        _writer = CsvWriter.Create(
            _stream,
            new CsvWriterOptions
            {
                Separator = ',',
                NewLine = "\n",
                HasHeader = false,
                Injection = CsvInjection.None,
                Quoting = CsvQuoting.WhenNeeded,
            },
            leaveOpen: true
        );
        Add(header);
    }

    /// <summary>Adds one line.</summary>
    /// <exception cref="ArgumentException">A field is no text: it has a NUL or a lone surrogate.</exception>
    public void Add(params IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            if (field.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(field))
                throw new ArgumentException("A field holds a NUL or half of a surrogate pair, which is no text.", nameof(fields));
            // CsvHelper leaves leading and trailing spaces bare, which some readers trim away.
            _writer.WriteField(
                field,
                field.Length > 0 && (field[0] == ' ' || field[^1] == ' ') ? CsvQuoting.Always : CsvQuoting.WhenNeeded
            );
        }
        _writer.EndRecord();
    }

    public byte[] ToBytes()
    {
        _writer.Flush();
        return _stream.ToArray();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }

    private static bool IsWellFormed(string text)
    {
        // A real U+FFFD is text; what decodes to it without being it is half of a pair.
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))
                return false;
        }
        return true;
    }
}
