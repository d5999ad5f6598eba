using Concord.Core.Domain;

namespace Concord.Pipeline.Workspaces;

/// <summary>What <c>checks.json</c> holds.</summary>
/// <param name="Output">The files that were checked; null where the file does not say.</param>
/// <param name="All">The checks.</param>
internal sealed record OutputChecks(OutputId? Output, IReadOnlyList<CheckResult> All)
{
    /// <summary>The checks of these files: none where they are known to be of others.</summary>
    public IReadOnlyList<CheckResult> Of(OutputId? id) => Output is { } of && of != id ? [] : All;
}
