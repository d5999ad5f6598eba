namespace Concord.Core.Domain.Consensus;

/// <summary>A row of automatic.csv: one automatic check of one output.</summary>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files; null where it has none.</param>
/// <param name="Check">The result.</param>
public sealed record AutomaticRow(OutputKey Key, OutputId? Output, CheckResult Check);
