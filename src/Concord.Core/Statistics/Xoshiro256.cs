using System.Numerics;

namespace Concord.Core.Statistics;

/// <summary>The random numbers of the project: xoshiro256** 1.0, its state filled by SplitMix64.</summary>
/// <remarks>
/// Integer arithmetic only, so one seed gives one sequence on every platform and every version of .NET; everything random
/// in Concord takes a seed and draws from here. Period 2²⁵⁶ − 1. Not for secrets, and not safe to share between threads.
/// Source: Blackman and Vigna (2021), "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4), section 3 (xoshiro256**, 2018);
/// SplitMix64 after Steele, Lea and Flood (2014), "Fast Splittable Pseudorandom Number Generators".
/// </remarks>
public sealed class Xoshiro256
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Starts the sequence that belongs to a seed.</summary>
    /// <param name="seed">Any value; near seeds give unrelated sequences.</param>
    public Xoshiro256(ulong seed)
    {
        s0 = SplitMix64(ref seed);
        s1 = SplitMix64(ref seed);
        s2 = SplitMix64(ref seed);
        s3 = SplitMix64(ref seed);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³, each equally likely.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="bound"/>), each exactly equally likely.</summary>
    /// <remarks>Source: Lemire (2019), "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), algorithm 5, on the upper 32 bits.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        var product = (NextUInt64() >> 32) * range;
        if ((uint)product < range)
        {
            var threshold = (0u - range) % range;
            while ((uint)product < threshold)
                product = (NextUInt64() >> 32) * range;
        }
        return (int)(product >> 32);
    }

    private static ulong SplitMix64(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
