using System.Text;

namespace Concord.App;

/// <summary>Passes UTF-8 on to a writer of text, piece by piece.</summary>
internal sealed class Utf8Writer(TextWriter writer) : Stream
{
    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Span<char> text = stackalloc char[1024];
        for (var complete = false; !complete; )
        {
            _decoder.Convert(buffer, text, flush: false, out var read, out var written, out complete);
            writer.Write(text[..written]);
            buffer = buffer[read..];
        }
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
