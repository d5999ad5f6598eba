namespace Concord.Pipeline.Csv;

/// <summary>The rows of a table in blocks, handed out in order to whoever asks.</summary>
/// <param name="bytes">The table.</param>
/// <param name="start">Where the first row begins.</param>
/// <param name="size">The bytes of a block.</param>
internal sealed class RatingsBlocks(TableBytes bytes, long start, int size)
{
    /// <summary>A block and its separators fit into the cache of a processor.</summary>
    public const int UsualSize = 512 * 1024;

    private const int Ahead = 512; // for the rest of the last row
    private const int LongestRow = 64 * 1024;

    private int _next;
    private volatile bool _odd;

    public int Count { get; } = (int)Math.Min(int.MaxValue - 64, (bytes.Length - start + size - 1) / size);

    /// <summary>The most bytes of a block's rows.</summary>
    public int Longest => 1 + size + Ahead + LongestRow + 1;

    /// <summary>Whether some block is not plain, so that no one needs to go on.</summary>
    public bool AreOdd => _odd;

    public void CallOdd() => _odd = true;

    /// <summary>Reads the next block: the rows that begin in it, each whole and with its line feed.</summary>
    /// <param name="buffer">Takes them; <see cref="Longest"/> bytes.</param>
    /// <param name="position">The number of the block.</param>
    /// <returns>The rows; null at the end.</returns>
    public Memory<byte>? Next(byte[] buffer, out int position)
    {
        position = Interlocked.Increment(ref _next) - 1;
        if (_odd || position >= Count)
            return null;
        var from = start + (long)position * size;
        var own = (int)Math.Min(size, bytes.Length - from);
        // A row belongs to the block that its first byte is in, and its first byte comes after a line feed.
        var before = position == 0 ? 0 : 1;
        var wanted = before + own + Ahead;
        var read = bytes.Read(from - before, buffer.AsSpan(0, wanted));
        if (read < before + own)
            return Odd(); // it became shorter while it was read
        var first = before == 0 ? 0 : 1 + buffer.AsSpan(0, read).IndexOf((byte)'\n');
        if (before == 1 && (first == 0 || first > own))
            return Memory<byte>.Empty;
        var last = before + own - 1;
        var end = buffer.AsSpan(last, read - last).IndexOf((byte)'\n');
        if (end < 0 && read == wanted)
        {
            read += bytes.Read(from - before + read, buffer.AsSpan(read, Longest - 1 - read));
            end = buffer.AsSpan(last, read - last).IndexOf((byte)'\n');
        }
        if (end >= 0)
            return buffer.AsMemory(first..(last + end + 1));
        if (from - before + read < bytes.Length || buffer[read - 1] == '\r')
            return Odd();
        buffer[read] = (byte)'\n';
        return buffer.AsMemory(first..(read + 1));
    }

    private Memory<byte>? Odd()
    {
        _odd = true;
        return null;
    }
}
