using Concord.Core.Domain;

namespace Concord.Pipeline.Submitting;

/// <summary>How sessions are handed in.</summary>
/// <param name="Root">The workspace's folder.</param>
/// <param name="Grader">Whose sessions.</param>
/// <param name="Time">The clock.</param>
/// <param name="Say">Takes what is being done, one sentence each.</param>
public sealed record SubmitOptions(string Root, GraderId Grader, TimeProvider Time, Action<string> Say)
{
    private const int Minutes = 5;

    /// <summary>Only tells what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Opens the pull request as a draft.</summary>
    public bool Draft { get; init; }

    /// <summary>Keeps each grade's commit, and what else hooks put into them.</summary>
    public bool KeepCommits { get; init; }

    /// <summary>Pushes to the user's own fork.</summary>
    public bool Fork { get; init; }

    /// <summary>Whether somebody is at the terminal whom git or ssh can ask.</summary>
    public bool MayAsk { get; init; }

    /// <summary>How long git may take for one thing that needs the network.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(Minutes);

    /// <summary>Concord's version, for GitHub.</summary>
    public string Version { get; init; } = "0";

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
