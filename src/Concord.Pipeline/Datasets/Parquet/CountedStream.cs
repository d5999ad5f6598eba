namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>A stream that says how far it is: Parquet names the places of its parts, and a pipe knows none.</summary>
internal sealed class CountedStream(Stream stream)
{
    public long Written { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        Written += bytes.Length;
    }

    public void Flush() => stream.Flush();
}
