using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Concord.Core.Domain.Preferences;

/// <summary>The parts of a dataset.</summary>
public enum Split
{
    /// <summary>What a model is trained on.</summary>
    Train,

    /// <summary>What training is watched by.</summary>
    Validation,

    /// <summary>What a model is measured by at the end.</summary>
    Test,
}

/// <summary>How much of a dataset goes where; what is left goes to training.</summary>
/// <param name="Validation">A share, 0 to 1.</param>
/// <param name="Test">A share, 0 to 1; both together leave something for training.</param>
/// <param name="Salt">Whoever knows it can tell where a challenge lies; another one draws anew.</param>
public sealed record SplitShares(double Validation, double Test, string Salt)
{
    /// <summary>Where a challenge family lies: never one in two splits, and the same in every release with the same salt, whatever is graded meanwhile.</summary>
    /// <param name="family">The family.</param>
    /// <returns>By the first 53 bits of SHA-256 over <c>salt|family</c>.</returns>
    public Split Of(ChallengeId family)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Salt}|{family}"));
        var drawn = (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (1.0 / (1UL << 53));
        return drawn < Test ? Split.Test
            : drawn < Test + Validation ? Split.Validation
            : Split.Train;
    }
}
