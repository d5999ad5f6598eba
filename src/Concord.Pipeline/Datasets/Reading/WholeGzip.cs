using System.IO.Compression;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>
/// What gzip packed, up to an end that is really there. The library takes the end of the bytes for the end of what was packed, so another packed part, a mark, is put
/// behind them: only where all before it is whole is the mark unpacked.
/// </summary>
internal sealed class WholeGzip : Stream
{
    private static readonly byte[] Mark = "concord:end-of-f"u8.ToArray();

    private readonly Followed _packed;
    private readonly GZipStream _gzip;

    public WholeGzip(Stream packed)
    {
        _packed = new(packed, Pack(Mark));
        _gzip = new(_packed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">What is packed is broken.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = _gzip.Read(buffer, offset, count);
            if (!_packed.AtTail)
                return read;
            // The library asks for bytes only once it gave out all that it had, so this is the mark, or nonsense.
            using var rest = new MemoryStream();
            for (; read > 0 && rest.Length <= Mark.Length; read = _gzip.Read(buffer, offset, count))
                rest.Write(buffer, offset, read);
            return rest.ToArray().AsSpan().SequenceEqual(Mark) ? 0 : throw new EndOfStreamException();
        }
        catch (InvalidDataException) when (_packed.AtTail)
        {
            throw new EndOfStreamException();
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A stream with bytes behind it.</summary>
    private sealed class Followed(Stream first, byte[] tail) : Stream
    {
        private int _taken;

        /// <summary>Whether all of the first stream was not enough.</summary>
        public bool AtTail { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!AtTail && first.Read(buffer, offset, count) is var read and > 0)
                return read;
            AtTail = true;
            var taken = Math.Min(count, tail.Length - _taken);
            tail.AsSpan(_taken, taken).CopyTo(buffer.AsSpan(offset));
            _taken += taken;
            return taken;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
