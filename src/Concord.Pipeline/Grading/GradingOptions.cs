using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>How a grading session is opened.</summary>
/// <param name="Root">The workspace's folder.</param>
/// <param name="Grader">Who grades.</param>
/// <param name="Commits">Whether each grade is committed on the grading branch; else it is a file in the workspace's own <c>grades/</c>.</param>
/// <param name="Mode">What is walked.</param>
/// <param name="Challenges">Only these; none are all.</param>
/// <param name="Time">The clock.</param>
public sealed record GradingOptions(
    string Root,
    GraderId Grader,
    bool Commits,
    GradingMode Mode,
    IReadOnlyList<ChallengeId> Challenges,
    TimeProvider Time
);
