using Concord.Core.Domain;

namespace Concord.Pipeline.Running;

/// <summary>What a run is asked to do.</summary>
public sealed record RunOptions
{
    /// <summary>Only these challenges; empty takes all.</summary>
    public IReadOnlyList<string> Challenges { get; init; } = [];

    /// <summary>Only these models; empty takes all that have a provider.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public int Samples { get; init; } = 1;

    public int Concurrency { get; init; } = 4;

    /// <summary>Whether replies of earlier runs are taken.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Whether nothing is asked, only replies of earlier runs are taken.</summary>
    public bool CachedOnly { get; init; }

    /// <summary>Whether nothing is asked and nothing written.</summary>
    public bool DryRun { get; init; }

    /// <summary>US dollars that this run may cost; null sets no limit.</summary>
    public double? MaxCost { get; init; }

    public Shard Shard { get; init; } = Shard.All;
}
