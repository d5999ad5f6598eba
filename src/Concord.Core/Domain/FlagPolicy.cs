namespace Concord.Core.Domain;

/// <summary>When an output is flagged.</summary>
/// <param name="Range">Flag where max − min reaches this many score units; null takes 60 % of the scale's width.</param>
/// <param name="ExpectedLoss">Flag where the rater model expects to be off by this many score units; null takes 7 % of the scale's width.</param>
public sealed record FlagPolicy(double? Range, double? ExpectedLoss);
