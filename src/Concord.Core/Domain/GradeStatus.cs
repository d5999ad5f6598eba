namespace Concord.Core.Domain;

/// <summary>What a row of a grade file means.</summary>
public enum GradeStatus : byte
{
    /// <summary>Scored.</summary>
    Graded,

    /// <summary>Not scored, for the reason in the notes; an earlier grade stands.</summary>
    Skipped,

    /// <summary>Scored, and the grader asks for another look.</summary>
    Flagged,

    /// <summary>Only in a file of decisions: the lead takes the decision back, for the reason in the notes.</summary>
    Withdrawn,
}
