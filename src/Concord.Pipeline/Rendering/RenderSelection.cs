using Concord.Core.Domain;

namespace Concord.Pipeline.Rendering;

/// <summary>Which outputs are to be rendered.</summary>
/// <param name="Challenges">Only these; empty for all.</param>
/// <param name="Models">Only these, with all their samples; empty for all.</param>
/// <param name="Force">Also those that are as they were.</param>
/// <param name="Shard">Only this share; without one all. The same share of <c>bench run</c> holds the same outputs.</param>
public sealed record RenderSelection(
    IReadOnlyList<ChallengeId> Challenges,
    IReadOnlyList<ModelId> Models,
    bool Force,
    Shard Shard = default
)
{
    /// <summary>Whether an output is among them.</summary>
    public bool Takes(Output output) =>
        (Challenges.Count == 0 || Challenges.Contains(output.Key.Challenge))
        && (Models.Count == 0 || Models.Any(m => m.Covers(output.Key.Model)))
        && Shard.Holds(output.Key);
}
