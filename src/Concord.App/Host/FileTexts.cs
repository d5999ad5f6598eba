using System.Text;
using Concord.App.Host.Documents;
using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.App.Host;

/// <summary>The files of a folder as the page shows them.</summary>
internal static class FileTexts
{
    private const int MostBytes = 1024 * 1024;
    private const int MostTogether = 8 * MostBytes;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IReadOnlyList<FileDocument> Below(FileTree tree, string folder) => WithFingerprint(tree, folder).Files;

    /// <summary>The files, and the fingerprint of what was read.</summary>
    public static (IReadOnlyList<FileDocument> Files, string Id) WithFingerprint(FileTree tree, string folder)
    {
        var (files, sums, together) = (new List<FileDocument>(), new List<(string, string)>(), 0L);
        foreach (var entry in tree.List(folder).Where(e => e.Kind == EntryKind.File))
        {
            var path = entry.Path[(folder.Length + 1)..];
            var bytes = tree.ReadListed(entry.Path);
            sums.Add((path, Fingerprint.Sha256(bytes)));
            var text = bytes.Length <= MostBytes && together + bytes.Length <= MostTogether ? Decode(bytes) : null;
            together += text is null ? 0 : bytes.Length;
            files.Add(new(path, bytes.Length, text));
        }
        return (files, Fingerprint.Of(sums));
    }

    /// <summary>UTF-8 text; null where the bytes are none.</summary>
    public static string? Decode(byte[] bytes)
    {
        if (bytes.Contains((byte)0))
            return null;
        try
        {
            return Strict.GetString(bytes).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
