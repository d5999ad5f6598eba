using System.Security.Cryptography;
using System.Text;

namespace Concord.Core.Domain;

/// <summary>The fingerprint of a set of files: the same files give the same twelve hex digits on every machine.</summary>
public static class Fingerprint
{
    /// <summary>
    /// The first twelve hex digits of SHA-256 over the lines <c>path TAB sha256(bytes) LF</c>, sorted by UTF-8 path.
    /// </summary>
    /// <param name="files">Each file's path, with <c>/</c>, and the SHA-256 of its bytes in lower-case hex.</param>
    /// <returns>Twelve hex digits; those of no lines at all where there are no files.</returns>
    public static string Of(IEnumerable<(string Path, string Sha256)> files)
    {
        var sorted = files.Select(f => (Key: Encoding.UTF8.GetBytes(f.Path), f.Sha256)).ToArray();
        Array.Sort(sorted, (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, sha256) in sorted)
        {
            hash.AppendData(key);
            hash.AppendData(Encoding.ASCII.GetBytes($"\t{sha256}\n"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>The SHA-256 of a file's bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>Sixty-four hex digits in lower case.</returns>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
