using System.Globalization;
using System.Security.Cryptography;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Pushing;

/// <summary>A file as it was exported.</summary>
internal sealed record ListedFile(string Path, long Bytes, string Sha256);

/// <summary>What 'concord export' wrote into a folder, by its own list. Nothing else is pushed without being asked for.</summary>
/// <param name="Files">By their paths.</param>
/// <param name="Sha256">Of the list itself.</param>
internal sealed record DatasetList(IReadOnlyDictionary<string, ListedFile> Files, string Sha256)
{
    public const string FileName = "concord.json";

    private const string Again = "Export the dataset again with 'concord export', then push it.";
    private const int LargestList = 4 * 1024 * 1024;
    private const int SumLength = 64;

    /// <summary>Reads a folder's list.</summary>
    /// <exception cref="ConcordException">There is none, or it is not whole.</exception>
    public static DatasetList Read(string folder)
    {
        var full = Path.Combine(folder, FileName);
        if (!RegularFile.Is(full))
            throw new ConcordException(
                "no-dataset",
                $"The folder '{folder}' has no file {FileName}, so it is taken for another one than a dataset's.",
                "Name the folder that 'concord export' wrote."
            );
        var bytes = Bytes(full);
        var problems = new ProblemList(FileName);
        var files = new Dictionary<string, ListedFile>(StringComparer.Ordinal);
        if (
            JsonFile.Parse(bytes, problems) is { } root
            && DocumentMap.Open(root, problems, $"The file {FileName}") is { } map
            && map.Text("schema") is { Length: > 0 } schema
        )
        {
            if (schema != "1")
                problems.Error("dataset-list", map.Find("schema")!, $"The list is of schema {schema}, and 1 is read.", Again);
            else if (map.List("files") is { Count: > 0 } items)
                foreach (var item in items)
                    Add(files, item, problems);
            else if (!problems.HasErrors)
                problems.Error("dataset-list", root, "The list has no files.", Again);
        }
        return problems.HasErrors
            ? throw new ConcordException(Problem.Sorted(problems.Problems))
            : new(files, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>What files lack, by their paths, to be those of the list.</summary>
    public static Problem Wrong(string path, string what) =>
        new(Severity.Error, "not-as-exported", path, null, null, what, Again);

    // An export that was interrupted leaves entries that are only a path.
    private static void Add(Dictionary<string, ListedFile> files, DocumentNode item, ProblemList problems)
    {
        if (DocumentMap.Open(item, problems, "An entry of 'files'") is not { } entry)
            return;
        var file = new ListedFile(
            entry.OptionalText("path") ?? "",
            long.TryParse(entry.OptionalText("bytes"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                ? bytes
                : -1,
            entry.OptionalText("sha256") ?? ""
        );
        if (
            file.Path.Length == 0
            || bytes < 0
            || file.Bytes < 0
            || file.Sha256.Length != SumLength
            || !file.Sha256.All(char.IsAsciiHexDigitLower)
        )
            problems.Error(
                "dataset-list",
                item,
                "An entry has not a path, its bytes and their SHA-256: the export may have been interrupted.",
                Again
            );
        else if (!files.TryAdd(file.Path, file))
            problems.Error("dataset-list", item, $"The file {file.Path} is listed twice.", Again);
    }

    private static byte[] Bytes(string full)
    {
        try
        {
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read);
            var bytes = new byte[LargestList + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count <= LargestList
                ? bytes[..count]
                : throw new ConcordException("dataset-list", $"The list has more than {LargestList} bytes.", Again, FileName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-read",
                $"The file could not be read: {e.Message}",
                "Give read permission.",
                FileName
            );
        }
    }
}
