namespace Concord.Core.Domain.Consensus;

/// <summary>The grade by which one grader counts for one output: the latest that scored it.</summary>
/// <param name="Grader">Who graded.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Stale">Whether it was given to other files than the output has now.</param>
public sealed record Vote(Grader Grader, Grade Grade, bool Stale);
