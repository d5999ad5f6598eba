using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>Digests of what many pairs have in common, made once.</summary>
internal sealed class KnownDigests
{
    private readonly Dictionary<object, string> _known = new(ReferenceEqualityComparer.Instance);

    public string Of(IReadOnlyList<Message> prompt)
    {
        if (!_known.TryGetValue(prompt, out var digest))
            _known[prompt] = digest = Digest.Of(prompt);
        return digest;
    }

    public string Of(Candidate output)
    {
        if (!_known.TryGetValue(output, out var digest))
            _known[output] = digest = Digest.Of(output.Text);
        return digest;
    }
}
