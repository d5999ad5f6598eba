namespace Concord.Core.Domain.Runs;

/// <summary>What is known of an output that exists.</summary>
/// <param name="Key">The challenge and the model.</param>
/// <param name="Run">The run that made it; null where it was made otherwise.</param>
/// <param name="Failure">Why the model produced none; null where it did.</param>
/// <param name="ChallengeDigest">The challenge's digest when the model was asked; null where not recorded.</param>
public sealed record KnownOutput(OutputKey Key, string? Run, string? Failure, string? ChallengeDigest);

/// <summary>One output that a run is about.</summary>
/// <param name="Key">The challenge and the model, with the sample's number.</param>
/// <param name="Challenge">The challenge.</param>
/// <param name="Model">The model.</param>
/// <param name="State">How it stands.</param>
public sealed record PlannedOutput(OutputKey Key, Challenge Challenge, ModelEntry Model, OutputState State)
{
    /// <summary>Whether the model is to be asked.</summary>
    public bool IsToAsk => State is OutputState.Missing or OutputState.Outdated;
}

/// <summary>Which outputs a run is about, and which of them are to be asked for.</summary>
public static class RunPlan
{
    /// <summary>Every challenge by every model, as many samples as wanted, of one share.</summary>
    /// <param name="challenges">The challenges.</param>
    /// <param name="models">The models.</param>
    /// <param name="samples">How many samples, 1 or more; the second is <c>model@2</c>.</param>
    /// <param name="shard">The share.</param>
    /// <param name="known">What is known of an output; null where there is none.</param>
    /// <returns>Sorted by sample, challenge and model, so that an interrupted run has whole rounds.</returns>
    public static IReadOnlyList<PlannedOutput> Of(
        IReadOnlyList<Challenge> challenges,
        IReadOnlyList<ModelEntry> models,
        int samples,
        Shard shard,
        Func<OutputKey, KnownOutput?> known
    ) =>
        [
            .. from sample in Enumerable.Range(1, samples)
            from challenge in challenges.OrderBy(c => c.Id)
            from model in models.OrderBy(m => m.Id)
            let key = new OutputKey(challenge.Id, Sample(model.Id, sample))
            where shard.Holds(key)
            select new PlannedOutput(key, challenge, model, State(known(key), challenge.Digest)),
        ];

    /// <summary>How an output stands.</summary>
    /// <param name="known">What is known of it; null where there is none.</param>
    /// <param name="digest">The challenge's digest now.</param>
    public static OutputState State(KnownOutput? known, string digest) =>
        known switch
        {
            null => OutputState.Missing,
            { Run: null } => OutputState.Kept,
            { ChallengeDigest: { } then } when then != digest => OutputState.Outdated,
            { Failure: not null } => OutputState.Failed,
            _ => OutputState.Done,
        };

    private static ModelId Sample(ModelId model, int sample) => sample == 1 ? model : ModelId.Parse($"{model.Model}@{sample}");
}
