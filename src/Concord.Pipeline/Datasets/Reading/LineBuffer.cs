using Concord.Core.Domain;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>The lines of a stream, one at a time, each in the same buffer.</summary>
internal sealed class LineBuffer(Stream stream, string name)
{
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line that was taken last; 0 before the first.</summary>
    public long Line { get; private set; }

    /// <summary>The next line without its LF.</summary>
    /// <returns>Null at the end. It stands until the next is asked for.</returns>
    /// <exception cref="ConcordException">It is too long, or what was packed is broken.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        for (var searched = _start; ; )
        {
            if (_buffer.AsSpan(searched.._end).IndexOf((byte)'\n') is var at and >= 0)
                return Taken(searched + at, searched + at + 1);
            // Not as one expression: null would become an empty memory.
            if (_ended && _start == _end)
                return null;
            if (_ended)
                return Taken(_end, _end);
            var held = _end - _start;
            CheckLength(held);
            Fill();
            searched = _start + held;
        }
    }

    private ReadOnlyMemory<byte> Taken(int end, int next)
    {
        CheckLength(end - _start);
        var line = _buffer.AsMemory(_start..end);
        _start = next;
        Line++;
        return line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
            // One more than the longest line: its LF.
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, DatasetReader.LargestRow + 1));
        try
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _ended = read == 0;
        }
        catch (EndOfStreamException)
        {
            throw Refused("cut-gzip", "The packed file is cut off: its end is missing.", "Get the file again, or pack it again.");
        }
        catch (InvalidDataException e)
        {
            throw Refused(
                "broken-gzip",
                $"What gzip packed is broken here: {e.Message}",
                "Get the file again, or pack it again."
            );
        }
    }

    private void CheckLength(int length)
    {
        if (length > DatasetReader.LargestRow)
            throw Refused(
                "line-too-long",
                $"The line has more than {DatasetReader.LargestRow:#,0} bytes.",
                "Write one row a line, and leave out what no trainer reads."
            );
    }

    private ConcordException Refused(string rule, string what, string mend) =>
        new([new Problem(Severity.Error, rule, name, Places.LineOf(Line + 1), null, what, mend)]);
}
