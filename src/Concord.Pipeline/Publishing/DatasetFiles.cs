using System.Formats.Tar;
using System.Security.Cryptography;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Publishing;

/// <summary>A dataset as files of a release. The same commit under the same tag gives the same bytes on every machine.</summary>
internal static class DatasetFiles
{
    public const string Manifest = "manifest.json";

    /// <summary>The sums of all files of a release, as <c>sha256sum --check</c> reads them.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>The archive, and beside it the manifest that it begins with.</summary>
    public static IReadOnlyList<(string Name, string Type, byte[] Bytes)> Of(Dataset dataset, string tag)
    {
        var name = $"{Plain(dataset.Name)}-{tag}";
        var manifest = ManifestOf(dataset, tag);
        return
        [
            ($"{name}.{Manifest}", "application/json", manifest),
            // Not compressed: what a compressor writes changes with its version.
            ($"{name}.tar", "application/x-tar", Archive([(Manifest, manifest), .. dataset.Files], name, dataset.CommittedAt)),
        ];
    }

    public static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] ManifestOf(Dataset dataset, string tag) =>
        CanonicalJson.Of(json =>
        {
            json.WriteNumber("schema", 1);
            json.WriteString("benchmark", dataset.Name);
            json.WriteString("tag", tag);
            json.WriteString("commit", dataset.Commit);
            json.WriteString("committed_at", dataset.CommittedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null));
            json.WriteNumber("grades", dataset.Grades);
            json.WriteNumber("graders", dataset.Graders);
            json.WriteStartArray("files");
            foreach (var (path, bytes) in dataset.Files)
            {
                json.WriteStartObject();
                json.WriteString("path", path);
                json.WriteNumber("size", bytes.Length);
                json.WriteString("sha256", Sum(bytes));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    // GNU's form: pax headers would carry the id of this process.
    private static byte[] Archive(IReadOnlyList<(string Path, byte[] Bytes)> files, string folder, DateTimeOffset time)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
            foreach (var (path, bytes) in files)
                tar.WriteEntry(
                    new GnuTarEntry(TarEntryType.RegularFile, $"{folder}/{path}")
                    {
                        ModificationTime = time,
                        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                        DataStream = new MemoryStream(bytes),
                    }
                );
        return stream.ToArray();
    }

    // GitHub renames files that are named otherwise.
    private static string Plain(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).TrimStart('.', '-', '_')
            is { Length: > 0 } plain
            ? plain
            : "dataset";
}
