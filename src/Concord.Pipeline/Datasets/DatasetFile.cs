using System.IO.Compression;
using Concord.Pipeline.Datasets.Parquet;

namespace Concord.Pipeline.Datasets;

/// <summary>How rows lie in a file.</summary>
public enum DatasetFile
{
    /// <summary>JSON lines.</summary>
    Jsonl,

    /// <summary>JSON lines, packed with gzip.</summary>
    JsonlGz,

    /// <summary>Parquet, with its own packing.</summary>
    Parquet,
}

/// <summary>What follows from a <see cref="DatasetFile"/>.</summary>
public static class DatasetFiles
{
    /// <summary>The names of all kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<DatasetFile>().Select(NameOf)];

    /// <summary>A kind's name, which is how its files' names end: <c>jsonl</c>, <c>jsonl.gz</c>, <c>parquet</c>.</summary>
    public static string NameOf(DatasetFile file) => file.Extension()[1..];

    /// <summary>The kind of a name.</summary>
    public static bool TryParse(string name, out DatasetFile file) =>
        Enum.GetValues<DatasetFile>()
            .Select(f => (f, NameOf(f)))
            .ToDictionary(f => f.Item2, f => f.f, StringComparer.Ordinal)
            .TryGetValue(name, out file);

    /// <summary>The kind that a file's name tells; null where it tells none.</summary>
    public static DatasetFile? OfName(string path) =>
        Enum.GetValues<DatasetFile>()
            .Cast<DatasetFile?>()
            .FirstOrDefault(f => path.EndsWith(f!.Value.Extension(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The end of such a file's name, with its point.</summary>
    public static string Extension(this DatasetFile file) =>
        file switch
        {
            DatasetFile.Jsonl => ".jsonl",
            DatasetFile.JsonlGz => ".jsonl.gz",
            DatasetFile.Parquet => ".parquet",
            _ => throw new ArgumentOutOfRangeException(nameof(file), file, "Not a kind of file."),
        };

    /// <summary>Writes rows so; the stream is left open.</summary>
    /// <param name="file">How.</param>
    /// <param name="shape">A row's shape.</param>
    /// <param name="stream">Takes the file from its beginning.</param>
    /// <param name="metadata">What readers may want to know beside it; only Parquet has a place for it.</param>
    public static IRowWriter Writer(
        this DatasetFile file,
        Shape shape,
        Stream stream,
        IReadOnlyList<KeyValuePair<string, string>> metadata
    ) =>
        file switch
        {
            DatasetFile.Jsonl => new JsonLinesWriter(shape, stream),
            DatasetFile.JsonlGz => new JsonLinesWriter(
                shape,
                new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true),
                leaveOpen: false
            ),
            DatasetFile.Parquet => new ParquetWriter(shape, stream, metadata),
            _ => throw new ArgumentOutOfRangeException(nameof(file), file, "Not a kind of file."),
        };
}
