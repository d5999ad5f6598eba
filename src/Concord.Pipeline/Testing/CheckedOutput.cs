using Concord.Core.Domain;

namespace Concord.Pipeline.Testing;

/// <summary>An output whose code was tested.</summary>
/// <param name="Key">Which output.</param>
/// <param name="Check">The result, as it stands in its checks.json.</param>
/// <param name="Tests">How many tests ran; an output may bring some of its own, and then has more than others.</param>
public sealed record CheckedOutput(OutputKey Key, CheckResult Check, int Tests);
