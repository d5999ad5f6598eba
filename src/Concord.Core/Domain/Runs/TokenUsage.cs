namespace Concord.Core.Domain.Runs;

/// <summary>What a provider says that a request took.</summary>
/// <param name="Input">All tokens of the request, cached ones among them.</param>
/// <param name="Output">All tokens of the reply, reasoning among them.</param>
public sealed record TokenUsage(long Input, long Output)
{
    /// <summary>Tokens of the request that the provider had kept from an earlier one; null where not reported.</summary>
    public long? Cached { get; init; }

    /// <summary>Tokens of the reply that were reasoning; null where not reported.</summary>
    public long? Reasoning { get; init; }

    /// <summary>The cost in US dollars as the provider charges it; null where not reported.</summary>
    public double? ReportedCost { get; init; }

    /// <summary>The cost: as reported, else by price, cached tokens at the full price.</summary>
    /// <param name="price">The model's price; null where unknown.</param>
    /// <returns>US dollars; null where neither is known.</returns>
    public double? Cost(TokenPrice? price) => ReportedCost ?? price?.Of(Input, Output);
}
