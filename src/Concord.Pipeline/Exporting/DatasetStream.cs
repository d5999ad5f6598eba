using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting;

/// <summary>A dataset as one file.</summary>
public static class DatasetStream
{
    private const int Piece = 64 * 1024;

    /// <summary>Writes the rows of all parts, one after another; the stream is left open.</summary>
    public static void Write(Dataset dataset, DatasetFile file, Stream stream, CancellationToken cancellation)
    {
        using var writer = file.Writer(dataset.Shape, stream, [HubFeatures.Metadata(dataset.Shape)]);
        foreach (var row in dataset.Parts.SelectMany(p => p.Rows))
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(row.Values);
        }
        writer.Finish();
    }

    /// <summary>The rows as JSON lines, in pieces that end where a row does.</summary>
    public static IEnumerable<string> Pieces(Dataset dataset)
    {
        using var stream = new MemoryStream();
        using var writer = new JsonLinesWriter(dataset.Shape, stream);
        foreach (var row in dataset.Parts.SelectMany(p => p.Rows))
        {
            writer.Write(row.Values);
            if (stream.Length < Piece)
                continue;
            yield return Taken();
        }
        yield return Taken();

        string Taken()
        {
            var text = System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
            stream.SetLength(0);
            return text;
        }
    }
}
