using Concord.Pipeline.Documents;
using CsvHelper;

namespace Concord.Pipeline.Csv;

/// <summary>
/// Reads CSV strictly (RFC 4180, comma, UTF-8), record by record, and knows the place of every field. CsvHelper parses; its
/// defaults are unsafe, so each is set here, once.
/// </summary>
internal sealed class CsvRecords : IDisposable
{
    private const int LongestRecord = 1024 * 1024;

    private readonly CsvReader _reader;
    private readonly ProblemList _problems;

    private CsvRecords(CsvReader reader, ProblemList problems) => (_reader, _problems) = (reader, problems);

    /// <summary>The 1-based line on which the current record begins.</summary>
    public int Line { get; private set; } = 1;

    public int FieldCount => _reader.FieldCount;

    /// <summary>Opens a file.</summary>
    /// <returns>The records; null where the bytes are not text, with the problem reported.</returns>
    public static CsvRecords? Open(byte[] bytes, ProblemList problems)
    {
        var text = Utf8Text.WithoutBom(bytes);
        if (!Utf8Text.IsCleanText(text, problems))
            return null;
        // The parser keeps ten bytes for every comma of a record before it can be asked for the record's length.
        if (LongLine(text) is { } line)
        {
            TooLong(problems, line);
            return null;
        }
        var options = new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            Mode = CsvMode.Rfc4180,
            TrimWhitespace = false,
            SkipEmptyLines = false,
            DetectSeparatorHint = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            TrackLineNumbers = true,
        };
        return new(CsvReader.Create(bytes.AsMemory(bytes.Length - text.Length), options), problems);
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end, and after damage that makes the rest unreadable, which is reported.</returns>
    public bool Read()
    {
        try
        {
            if (!_reader.Read())
                return false;
            Line = (int)_reader.LineNumber;
            // MaxRecordSize does not hold for a file in memory.
            if (_reader.RawRecord.Length <= LongestRecord)
                return true;
            TooLong(_problems, Line);
            return false;
        }
        catch (CsvFormatException e)
        {
            Report(e);
            return false;
        }
    }

    /// <summary>Whether the current record is an empty line.</summary>
    public bool IsBlank => FieldCount == 0 || (FieldCount == 1 && _reader.GetRawSpan(0).IsEmpty);

    public ReadOnlySpan<byte> Bytes(int field) => _reader.GetSpan(field);

    public string Text(int field) => _reader.GetString(field);

    /// <summary>The 1-based line and column at which a field of the current record begins.</summary>
    public (int Line, int Column) Place(int field)
    {
        var record = _reader.RawRecord;
        var (offset, quoted) = (0, false);
        for (var passed = 0; offset < record.Length && passed < field; offset++)
        {
            if (record[offset] == '"')
                quoted = !quoted;
            else if (record[offset] == ',' && !quoted)
                passed++;
        }
        var (line, column) = Utf8Text.Place(record, offset);
        return (Line + line - 1, column);
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>The 1-based line that alone is longer than a record may be; looks at a few bytes of each megabyte.</summary>
    private static int? LongLine(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (text.Length - start > LongestRecord)
        {
            var end = text.Slice(start, LongestRecord + 1).LastIndexOf((byte)'\n');
            if (end < 0)
                return text[..start].Count((byte)'\n') + 1;
            start += end + 1;
        }
        return null;
    }

    private static void TooLong(ProblemList problems, int line) =>
        problems.Error(
            "csv-too-long",
            line,
            null,
            $"A record is longer than {LongestRecord:#,0} bytes.",
            "Look for a missing line break or closing quote, or shorten the notes."
        );

    private void Report(CsvFormatException e)
    {
        // The message ends in the place, which is told in lines here.
        var reason = e.Message.Split(": ", 2)[^1].Split(" (byte offset")[0];
        _problems.Error(
            "csv-syntax",
            (int)Math.Max(e.LineNumber, 1),
            null,
            $"This is not CSV: {reason}.",
            "Quote a field that has a comma, a quote or a line break, double the quotes inside it, and close it."
        );
    }
}
