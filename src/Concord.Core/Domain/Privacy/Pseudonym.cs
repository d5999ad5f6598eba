using System.Security.Cryptography;
using System.Text;

namespace Concord.Core.Domain.Privacy;

/// <summary>A name for a grader that nobody without the key can turn back, or join with that of another release.</summary>
public static class Pseudonym
{
    /// <summary>How many bytes a key has at least: as many as the hash.</summary>
    public const int ShortestKey = 32;

    private const int Digits = 16;

    /// <summary><c>g_</c> and the first 16 hexadecimal digits of HMAC-SHA-256 over the grader's id.</summary>
    /// <remarks>Source: RFC 2104, whose section 3 discourages keys shorter than the hash. A plain hash would not do: ids are few and easily guessed.</remarks>
    /// <param name="grader">The grader.</param>
    /// <param name="key">A secret, at least <see cref="ShortestKey"/> bytes.</param>
    /// <returns>The same for the same grader and key; another one for another key.</returns>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public static string Of(GraderId grader, ReadOnlySpan<byte> key)
    {
        if (key.Length < ShortestKey)
            throw new ArgumentException($"A key has at least {ShortestKey} bytes.", nameof(key));
        return "g_" + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(grader.Value)))[..Digits];
    }
}
