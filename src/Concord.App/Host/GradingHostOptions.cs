namespace Concord.App.Host;

/// <summary>How the grading page is served, whoever grades.</summary>
/// <param name="Root">The workspace.</param>
/// <param name="Port">The page's port: 0 takes any that is free; null tries the clone's own first.</param>
/// <param name="AutoAdvance">Whether the page goes on by itself after the last score, unless the grader says otherwise there.</param>
/// <param name="RemoteToken">The token where other machines may come; null listens on loopback only.</param>
/// <param name="Time">The clock.</param>
/// <param name="Say">Takes what went wrong in the host itself, for the terminal.</param>
internal sealed record GradingHostOptions(
    string Root,
    int? Port,
    bool AutoAdvance,
    string? RemoteToken,
    TimeProvider Time,
    Action<string> Say
);
