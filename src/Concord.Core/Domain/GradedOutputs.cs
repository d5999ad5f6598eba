using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Concord.Core.Domain;

/// <summary>
/// The outputs that some grade files name, each once, so that a grade holds a number. Files may share one; it only grows,
/// and is for one thread at a time while it does.
/// </summary>
public sealed class GradedOutputs
{
    /// <summary>The length of <see cref="DigestOf"/>, in bytes.</summary>
    internal const int DigestLength = 16;

    private readonly List<GradedOutput> _outputs = [];
    private readonly List<byte> _digests = [];
    private readonly Dictionary<GradedOutput, int> _places = [];

    /// <summary>How many there are.</summary>
    public int Count => _outputs.Count;

    /// <summary>The output of a number.</summary>
    /// <param name="index">From 0.</param>
    public GradedOutput this[int index] => _outputs[index];

    /// <summary>The number of an output, new or known.</summary>
    /// <param name="output">The output.</param>
    /// <returns>From 0, in the order of first sight.</returns>
    public int Add(GradedOutput output)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, output, out var known);
        if (!known)
        {
            place = _outputs.Count;
            _outputs.Add(output);
            // No part of an id is a tab, so different outputs are different texts.
            var text = $"{output.Key.Challenge}\t{output.Key.Model}\t{output.Output}";
            _digests.AddRange(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestLength));
        }
        return place;
    }

    /// <summary>An output as bytes that do not depend on its number.</summary>
    internal ReadOnlySpan<byte> DigestOf(int index) =>
        CollectionsMarshal.AsSpan(_digests).Slice(index * DigestLength, DigestLength);
}
