using Concord.Core.Domain;
using Concord.Pipeline.Grading;

namespace Concord.App.Host;

/// <summary>How the grading page is served.</summary>
/// <param name="Grading">The session.</param>
/// <param name="Port">The page's port: 0 takes any that is free; null tries the clone's own first.</param>
/// <param name="AutoAdvance">Whether the page goes on by itself after the last score, unless the grader says otherwise there.</param>
/// <param name="RemoteToken">The token where other machines may come; null listens on loopback only.</param>
/// <param name="Say">Takes what went wrong in the host itself, for the terminal.</param>
internal sealed record GradingHostOptions(
    GradingOptions Grading,
    int? Port,
    bool AutoAdvance,
    string? RemoteToken,
    Action<string> Say
)
{
    public bool IsDecision => Grading.Mode == GradingMode.Adjudicate;

    public GraderId Grader => Grading.Grader;
}
