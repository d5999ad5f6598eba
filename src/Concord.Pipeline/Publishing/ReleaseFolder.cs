using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.GitHub;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Publishing;

/// <summary>A file of a release.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sum">Its SHA-256 in hex.</param>
internal sealed record ReleaseFile(string Path, string Type, long Size, string Sum)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether a release has it.</summary>
    /// <exception cref="ConcordException">It has another one of that name: what is published stays as it is.</exception>
    public bool IsAmong(IReadOnlyList<ReleaseAsset> there, string tag)
    {
        var same = there.FirstOrDefault(a => string.Equals(a.Name, Name, StringComparison.OrdinalIgnoreCase) && a.IsWhole);
        return same is null ? false
            : same.Size == Size && same.Digest == $"sha256:{Sum}" ? true
            : throw Releases.PublishedOtherwise(same, tag);
    }
}

/// <summary>The files of a release on disk: in a folder that the user named, else in one that goes.</summary>
internal sealed partial class ReleaseFolder : IDisposable
{
    private readonly string _path;
    private readonly bool _isKept;

    /// <summary>Writes the dataset; other files are taken from where they are.</summary>
    /// <exception cref="ConcordException">A file is missing, or has a name that GitHub would change, or that another has.</exception>
    public ReleaseFolder(string? folder, Dataset dataset, string tag, IReadOnlyList<string> others)
    {
        var own = DatasetFiles.Of(dataset, tag);
        foreach (var other in others)
            Check(other, [.. own.Select(o => o.Name), .. others.Where(o => o != other).Select(o => Path.GetFileName(o))]);
        _isKept = folder is not null;
        _path = folder ?? Directory.CreateTempSubdirectory("concord-release-").FullName;
        AtomicFile.ReplaceAll([.. own.Select(o => (Path.Combine(_path, o.Name), o.Bytes))]);
        Files =
        [
            .. own.Select(o => new ReleaseFile(Path.Combine(_path, o.Name), o.Type, o.Bytes.Length, DatasetFiles.Sum(o.Bytes))),
            .. others.Select(o => new ReleaseFile(o, TypeOf(o), new FileInfo(o).Length, SumOf(o))),
        ];
    }

    public IReadOnlyList<ReleaseFile> Files { get; }

    /// <summary>The file of sums, once it is written.</summary>
    public ReleaseFile Sums { get; private set; } = null!;

    /// <summary>One line for each file.</summary>
    public IReadOnlyList<string> Told => [.. Files.Append(Sums).Select(f => $"{f.Sum}  {f.Name}")];

    /// <summary>Writes the sums of these files, and of what else a release has, as GitHub computed them.</summary>
    public void WriteSums(IReadOnlyList<ReleaseAsset> there)
    {
        const string Prefix = "sha256:";
        var lines = Files
            .Select(f => (f.Name, f.Sum))
            .Concat(
                there
                    .Where(a =>
                        a.IsWhole && a.Name != DatasetFiles.Sums && a.Digest?.StartsWith(Prefix, StringComparison.Ordinal) == true
                    )
                    .Select(a => (a.Name, Sum: a.Digest![Prefix.Length..]))
            )
            .DistinctBy(l => l.Name, StringComparer.OrdinalIgnoreCase)
            .OrderBy(l => l.Name, StringComparer.Ordinal)
            .Select(l => $"{l.Sum}  {l.Name}\n");
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines));
        var path = Path.Combine(_path, DatasetFiles.Sums);
        AtomicFile.Replace(path, bytes);
        Sums = new(path, "text/plain", bytes.Length, DatasetFiles.Sum(bytes));
    }

    public void Dispose()
    {
        if (!_isKept)
            Directory.Delete(_path, recursive: true);
    }

    private static void Check(string path, IReadOnlyList<string> taken)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new ConcordException("no-file", "There is no such file.", "Name a file that is there.", path);
        if (!Form().IsMatch(name))
            throw new ConcordException(
                "wrong-name",
                $"GitHub would rename '{PlainText.Of(name)}'.",
                "Take letters, digits, dots, hyphens and underscores.",
                path
            );
        if (name == DatasetFiles.Sums || taken.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new ConcordException(
                "wrong-name",
                $"Two files of the release would be named {name}.",
                "Rename one of them.",
                path
            );
    }

    private static string SumOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string TypeOf(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".gz" or ".tgz" => "application/gzip",
            ".zip" => "application/zip",
            ".json" => "application/json",
            ".jsonl" => "application/jsonl",
            ".csv" => "text/csv",
            ".md" or ".txt" => "text/plain",
            _ => "application/octet-stream",
        };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex Form();
}
