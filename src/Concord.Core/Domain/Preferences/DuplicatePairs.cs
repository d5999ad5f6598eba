namespace Concord.Core.Domain.Preferences;

/// <summary>Finds pairs whose two sides say the same; each text is read once.</summary>
internal sealed class DuplicatePairs
{
    private readonly Dictionary<Candidate, TokenTrace> traces = new(ReferenceEqualityComparer.Instance);

    public bool Contains(PreferencePair pair) =>
        pair.Chosen.Id == pair.Rejected.Id || NearDuplicate.Between(Trace(pair.Chosen), Trace(pair.Rejected));

    private TokenTrace Trace(Candidate candidate)
    {
        if (!traces.TryGetValue(candidate, out var trace))
            traces[candidate] = trace = TokenTrace.Of(candidate.Text);
        return trace;
    }
}
