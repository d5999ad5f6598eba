using System.Globalization;
using System.Text;

namespace Concord.Core.Domain;

/// <summary>One of several equal shares of the work, such as <c>2/3</c>; which share an output is in depends on nothing but its name.</summary>
public readonly record struct Shard
{
    private const int Most = 1000;

    private Shard(int index, int count) => (Index, Count) = (index, count);

    /// <summary>What is allowed, as a sentence for error messages.</summary>
    public const string Rule = "A shard is i/n, such as 2/3: a whole number from 1 to n, and n at most 1000.";

    /// <summary>The only share: everything.</summary>
    public static Shard All { get; } = new(1, 1);

    /// <summary>Which share, from 1.</summary>
    public int Index { get; }

    /// <summary>How many shares there are, from 1.</summary>
    public int Count { get; }

    /// <summary>Parses a share.</summary>
    /// <param name="text">Such as <c>2/3</c>.</param>
    /// <param name="shard">The share.</param>
    /// <returns>Whether the text obeys <see cref="Rule"/>.</returns>
    public static bool TryParse(string text, out Shard shard)
    {
        shard = default;
        var parts = text.Split('/');
        if (parts.Length != 2 || !Whole(parts[0], out var index) || !Whole(parts[1], out var count))
            return false;
        if (index < 1 || index > count || count > Most)
            return false;
        shard = new(index, count);
        return true;
    }

    /// <summary>Whether an output is in this share: its name's SHA-256 modulo the number of shares. Every output is in exactly one.</summary>
    /// <param name="key">The output.</param>
    public bool Holds(OutputKey key)
    {
        if (Count <= 1)
            return true;
        var digest = Fingerprint.Sha256(Encoding.UTF8.GetBytes($"{key.Challenge}/{key.Model}"));
        return uint.Parse(digest.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % (uint)Count == Index - 1;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";

    private static bool Whole(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
