using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Concord.Pipeline.Trees;

/// <summary>The name that git gives to a file's contents.</summary>
public static class BlobId
{
    /// <summary>The id of a blob in a repository of the usual format, sha1.</summary>
    /// <param name="bytes">The contents.</param>
    /// <returns>Forty hex digits in lower case.</returns>
    [SuppressMessage("Security", "CA5350", Justification = "Git's own name of a blob.")]
    public static string Of(ReadOnlySpan<byte> bytes) => Of(bytes, HashAlgorithmName.SHA1);

    /// <summary>Whether a name is that of these contents, in a repository of either format.</summary>
    public static bool IsOf(string id, ReadOnlySpan<byte> bytes) =>
        id == Of(bytes, id.Length == 2 * SHA256.HashSizeInBytes ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);

    /// <summary>Begins the id of a blob that is read in pieces.</summary>
    /// <param name="length">How many bytes will come.</param>
    [SuppressMessage("Security", "CA5350", Justification = "Git's own name of a blob.")]
    internal static IncrementalHash Begin(long length) => Begin(length, HashAlgorithmName.SHA1);

    private static string Of(ReadOnlySpan<byte> bytes, HashAlgorithmName algorithm)
    {
        using var hash = Begin(bytes.Length, algorithm);
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IncrementalHash Begin(long length, HashAlgorithmName algorithm)
    {
        var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {length}\0"));
        return hash;
    }
}
