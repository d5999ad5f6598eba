namespace Concord.Pipeline.Grading;

/// <summary>A grade was saved meanwhile, which whoever submits has not seen. Nothing was changed.</summary>
public sealed class GradeConflictException : Exception
{
    public GradeConflictException(SavedGrade current)
        : base($"The grade of {current.Grade.Key} was saved meanwhile, at {current.Grade.GradedAt:O}.") => Current = current;

    /// <summary>What was saved meanwhile.</summary>
    public SavedGrade Current { get; }
}
