namespace Concord.Core.Domain.Consensus;

/// <summary>A flag that came or went.</summary>
/// <param name="Key">The output.</param>
/// <param name="Criterion">The criterion's id.</param>
/// <param name="Flag">The flag.</param>
/// <param name="Raised">Whether it came.</param>
/// <param name="Reason">Why it is there, with its numbers; empty where it went.</param>
public sealed record FlagMove(OutputKey Key, string Criterion, Flag Flag, bool Raised, string Reason);
