using System.IO.Compression;
using Concord.Core.Domain;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>The rows of a dataset's files, one after the other, in constant memory.</summary>
public static class DatasetReader
{
    /// <summary>The most bytes that a row may have as JSON.</summary>
    public const int LargestRow = 64 * 1024 * 1024;

    private const string Mend = "Name files that end in .jsonl, .jsonl.gz or .parquet.";

    /// <summary>How rows lie in a file, by its name; null where the name says nothing of it.</summary>
    public static DatasetFile? KindOf(string path)
    {
        foreach (var kind in Enum.GetValues<DatasetFile>())
            if (path.EndsWith(kind.Extension(), StringComparison.OrdinalIgnoreCase))
                return kind;
        return null;
    }

    /// <summary>The files of a dataset: one that is named, or those in the <c>data</c> of a folder, or in the folder itself where it has none.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="name">How it was named.</param>
    /// <returns>Full paths with the names to show, in the order of their names; at least one.</returns>
    /// <exception cref="ConcordException">There is none.</exception>
    public static IReadOnlyList<(string Path, string Name)> Files(string path, string name)
    {
        if (File.Exists(path))
            return KindOf(path) is null
                ? throw new ConcordException("unknown-file", "The name does not say how rows lie in the file.", Mend, name)
                : [(path, name)];
        if (!Directory.Exists(path))
            throw new ConcordException("no-file", "There is no such file or folder.", "Name one that is there.", name);
        var data = Path.Combine(path, "data");
        var (folder, shown) = Directory.Exists(data) ? (data, $"{name.TrimEnd('/')}/data") : (path, name.TrimEnd('/'));
        (string, string)[] files =
        [
            .. Directory
                .EnumerateFiles(folder)
                .Select(f => Path.GetFileName(f))
                .Where(f => f[0] != '.' && KindOf(f) is not null)
                .Order(StringComparer.Ordinal)
                .Select(f => (Path.Combine(folder, f), $"{shown}/{f}")),
        ];
        return files.Length > 0
            ? files
            : throw new ConcordException("no-file", "The folder has no files of a dataset, nor has its data/.", Mend, name);
    }

    /// <summary>The rows of a file.</summary>
    /// <param name="path">The file; its name's end says how rows lie in it.</param>
    /// <param name="name">How to name it in rows and problems.</param>
    /// <param name="refused">Takes what is wrong with a line, which is then passed over; null to throw instead.</param>
    /// <exception cref="ConcordException">The file as a whole cannot be read, or, without <paramref name="refused"/>, a line.</exception>
    public static IEnumerable<DatasetRow> Read(string path, string name, Action<Problem>? refused = null)
    {
        refused ??= static problem => throw new ConcordException([problem]);
        switch (KindOf(path))
        {
            case DatasetFile.Parquet:
                using (var parquet = new ParquetRows(path, name))
                    while (parquet.TryNext() is { } row)
                        yield return row;
                break;
            case { } kind:
                using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
                using (var stream = kind == DatasetFile.JsonlGz ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file)
                    foreach (var row in JsonLinesReader.Read(stream, name, refused))
                        yield return row;
                break;
            default:
                throw new ConcordException("unknown-file", "The name does not say how rows lie in the file.", Mend, name);
        }
    }
}
