using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Privacy;

namespace Concord.Pipeline.Exporting;

/// <summary>The key under which graders get their pseudonyms.</summary>
public sealed class PseudonymKey
{
    /// <summary>The environment variable that holds it.</summary>
    public const string Variable = "CONCORD_PSEUDONYM_KEY";

    private readonly byte[] bytes;

    private PseudonymKey(byte[] bytes, bool isFresh) => (this.bytes, IsFresh) = (bytes, isFresh);

    /// <summary>Whether it was drawn just now and is kept nowhere: then no release can be joined with this one.</summary>
    public bool IsFresh { get; }

    /// <summary>Takes the key of the environment, or draws one.</summary>
    /// <param name="value">The variable's value; null, empty or blank where it is not set.</param>
    /// <returns>The key: the value's UTF-8 bytes without the white space around it.</returns>
    /// <exception cref="ConcordException">The value is too short to be a secret.</exception>
    public static PseudonymKey FromEnvironment(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return new(RandomNumberGenerator.GetBytes(Pseudonym.ShortestKey), isFresh: true);
        var bytes = Encoding.UTF8.GetBytes(value.Trim());
        if (bytes.Length < Pseudonym.ShortestKey)
            throw new ConcordException(
                "pseudonym-key",
                $"{Variable} has {bytes.Length} bytes, and below {Pseudonym.ShortestKey} the graders could be guessed.",
                "Set a longer secret, for instance from 'openssl rand -hex 32', or none for a fresh key each time."
            );
        return new(bytes, isFresh: false);
    }

    /// <summary>The pseudonym of a grader under this key.</summary>
    /// <param name="grader">The grader.</param>
    /// <returns>Such as <c>g_0123456789abcdef</c>.</returns>
    public string Of(GraderId grader) => Pseudonym.Of(grader, bytes);
}
