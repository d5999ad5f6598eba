using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Core.Statistics;

namespace Concord.Pipeline.Exporting;

/// <summary>A pair, and everything that is known of it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Prompt">What both models were asked, else the challenge's own prompt.</param>
/// <param name="Family">The challenge's family, by which it is put into a split.</param>
/// <param name="Split">Where it lies.</param>
/// <param name="Votes">How the graders of both see it.</param>
/// <param name="Agreement">How far the graders of this challenge agree on its outputs.</param>
/// <param name="Candidates">How many outputs of the challenge could have been in it, 2 or more.</param>
/// <param name="Digests">Of prompt, chosen and rejected.</param>
internal sealed record PairEvidence(
    PreferencePair Pair,
    IReadOnlyList<Message> Prompt,
    ChallengeId Family,
    Split Split,
    PairVotes Votes,
    Estimate Agreement,
    int Candidates,
    (string Prompt, string Chosen, string Rejected) Digests
)
{
    /// <summary>The same for the same prompt and texts, whatever was graded meanwhile.</summary>
    public string Id => Digest.Of($"{Digests.Prompt}\n{Digests.Chosen}\n{Digests.Rejected}");
}
