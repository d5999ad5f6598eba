using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>The rows of a dataset's files, one after the other, in constant memory.</summary>
public static class DatasetReader
{
    /// <summary>The most bytes that a row may have as JSON.</summary>
    public const int LargestRow = 64 * 1024 * 1024;

    private const string Mend = "Name files that end in .jsonl, .jsonl.gz or .parquet.";

    /// <summary>The files of a dataset: one that is named, or those in the <c>data</c> of a folder, or in the folder itself where it has none.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="name">How it was named.</param>
    /// <returns>Full paths with the names to show, in the order of their names; at least one.</returns>
    /// <exception cref="ConcordException">There is none.</exception>
    public static IReadOnlyList<(string Path, string Name)> Files(string path, string name)
    {
        if (File.Exists(path))
            return DatasetFiles.OfName(path) is null
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
                .Where(f => f[0] != '.' && DatasetFiles.OfName(f) is not null)
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
        // What is no file, such as a pipe, might never end, nor even begin.
        if (!RegularFile.Is(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path))
            throw new ConcordException(
                "no-file",
                "That is no file of bytes.",
                "Copy what it gives to a file, and name that.",
                name
            );
        switch (DatasetFiles.OfName(path))
        {
            case DatasetFile.Parquet:
                using (var parquet = new ParquetRows(path, name))
                    while (parquet.TryNext() is { } row)
                        yield return row;
                break;
            case { } kind:
                using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
                using (var stream = kind == DatasetFile.JsonlGz ? Unpacked(file, name) : file)
                    foreach (var row in JsonLinesReader.Read(stream, name, refused))
                        yield return row;
                break;
            default:
                throw new ConcordException("unknown-file", "The name does not say how rows lie in the file.", Mend, name);
        }
    }

    private static Stream Unpacked(FileStream file, string name)
    {
        Span<byte> begin = stackalloc byte[2];
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (read == 0)
            return file;
        return begin[..read].SequenceEqual<byte>([0x1F, 0x8B])
            ? new WholeGzip(file)
            : throw new ConcordException(
                "not-gzip",
                "The file's name ends in .gz, but gzip did not pack it.",
                "Pack it with gzip, or let its name end in .jsonl.",
                name
            );
    }
}
