namespace Concord.Core.Domain.Consensus;

/// <summary>The grade by which one grader counts for one output: the latest that scored it.</summary>
/// <param name="Votes">All votes of the ballot.</param>
/// <param name="Index">Which of them this is.</param>
public readonly record struct Vote(VoteTable Votes, int Index)
{
    /// <summary>Who graded.</summary>
    public Grader Grader => Votes.Graders[Votes.GraderOf[Index]];

    /// <summary>The grade, read off its file.</summary>
    public Grade Grade => Votes.GradeOf(Index);

    /// <summary>What the grade says of itself.</summary>
    public GradeStatus Status => Votes.Status[Index];

    /// <summary>Whether it was given to other files than the output has now.</summary>
    public bool Stale => Votes.Stale[Index];
}
