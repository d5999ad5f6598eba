using Concord.Core.Statistics;

namespace Concord.Core.Domain;

/// <summary>Where models are asked.</summary>
/// <param name="Id">The name that models refer to.</param>
/// <param name="BaseUrl">The address of the API.</param>
/// <param name="KeyEnvironment">The environment variable that holds the key; null where none is needed.</param>
public sealed record Provider(string Id, Uri BaseUrl, string? KeyEnvironment)
{
    /// <summary>How it is spoken to.</summary>
    public ProviderApi Api { get; init; }

    /// <summary>How many seconds may pass without a byte of a reply.</summary>
    public double IdleTimeoutSeconds { get; init; } = 300;

    /// <summary>How many seconds a reply may take in all.</summary>
    public double TimeoutSeconds { get; init; } = 1800;
}

/// <summary>A model that takes part.</summary>
/// <param name="Id">The id under which its outputs are kept; without a sample's number.</param>
/// <param name="Provider">The provider's id; null for outputs that come from elsewhere.</param>
/// <param name="Name">The name the provider knows the model by; null without a provider.</param>
/// <param name="License">The licence of the model's outputs, null where unknown.</param>
/// <param name="Parameters">Sampling parameters as written, by name; values are JSON text.</param>
public sealed record ModelEntry(
    ModelId Id,
    string? Provider,
    string? Name,
    string? License,
    IReadOnlyDictionary<string, string> Parameters
)
{
    /// <summary>What its tokens cost; null where not known.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>The file of the system prompt, a path below <c>benchmarks/</c>; null for none.</summary>
    public string? System { get; init; }
}

/// <summary>What benchmark.yaml says.</summary>
/// <param name="Name">A short name without spaces.</param>
/// <param name="Title">The title for people.</param>
/// <param name="Criteria">The rubric, in order; at least one.</param>
/// <param name="Providers">Where models are asked; may be empty.</param>
/// <param name="Models">The models; may be empty.</param>
/// <param name="Grading">How grading is done.</param>
/// <param name="Consensus">How the consensus is made.</param>
/// <param name="Flags">When an output is flagged.</param>
/// <param name="Merge">Who merges.</param>
public sealed record Benchmark(
    string Name,
    string Title,
    IReadOnlyList<Criterion> Criteria,
    IReadOnlyList<Provider> Providers,
    IReadOnlyList<ModelEntry> Models,
    GradingPolicy Grading,
    ConsensusPolicy Consensus,
    FlagPolicy Flags,
    MergePolicy Merge
)
{
    /// <summary>The flag's threshold for a criterion, in score units.</summary>
    /// <param name="criterion">A criterion of this benchmark.</param>
    /// <returns>The declared value, else 60 % of the scale's width.</returns>
    public double RangeThreshold(Criterion criterion) => Flags.Range ?? 0.6 * criterion.Scale.Width;

    /// <summary>The expected loss from which an output is flagged.</summary>
    /// <param name="criterion">A criterion of this benchmark.</param>
    /// <returns>The declared value, else 7 % of the scale's width in score units: 0.35 on 0 to 5. For a nominal criterion a chance to be wrong, 0.35
    /// unless declared.</returns>
    public double LossThreshold(Criterion criterion) =>
        Flags.ExpectedLoss ?? (criterion.Scale.Level == MeasurementLevel.Nominal ? 0.35 : 0.07 * criterion.Scale.Width);
}
