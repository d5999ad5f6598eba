using System.Runtime.CompilerServices;
using System.Text;

namespace Concord.Pipeline.Models;

/// <summary>Reads server-sent events (WHATWG HTML, section 9.2.6): of each event its data. Names, ids and comments are skipped.</summary>
internal static class EventStream
{
    private const int LongestLine = 64 * 1024 * 1024;

    public static async IAsyncEnumerable<string> ReadAsync(
        ReplyBody body,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var data = new StringBuilder();
        var hasData = false;
        await foreach (var line in LinesAsync(body).WithCancellation(cancellation))
        {
            if (line.Length == 0)
            {
                if (hasData)
                    yield return data.ToString();
                data.Clear();
                hasData = false;
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                if (hasData)
                    data.Append('\n');
                data.Append(line.AsSpan(line.Length > 5 && line[5] == ' ' ? 6 : 5));
                if (data.Length > LongestLine)
                    throw new ModelException(ResponseFailure.NotUnderstood("it has an event without an end", 0));
                hasData = true;
            }
        }
        // An event without its blank line was cut.
    }

    // Lines end in LF, CR LF or CR.
    private static async IAsyncEnumerable<string> LinesAsync(ReplyBody body)
    {
        var buffer = new byte[32 * 1024];
        using var line = new MemoryStream();
        var (afterReturn, first) = (false, true);
        while (await body.ReadAsync(buffer) is var count and > 0)
        {
            for (var start = 0; start < count; )
            {
                if (afterReturn && buffer[start] == '\n')
                    start++;
                afterReturn = false;
                var length = buffer.AsSpan(start, count - start).IndexOfAny((byte)'\n', (byte)'\r');
                line.Write(buffer, start, length < 0 ? count - start : length);
                if (line.Length > LongestLine)
                    throw new ModelException(ResponseFailure.NotUnderstood("it has a line without an end", 0));
                if (length < 0)
                    break;
                afterReturn = buffer[start + length] == '\r';
                start += length + 1;
                yield return Text(line, ref first);
            }
        }
        if (line.Length > 0)
            yield return Text(line, ref first);
    }

    private static string Text(MemoryStream line, ref bool first)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
        line.SetLength(0);
        if (first && text.StartsWith('\uFEFF'))
            text = text[1..];
        first = false;
        return text;
    }
}
