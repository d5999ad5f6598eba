namespace Concord.Core.Domain;

/// <summary>What kind of rater a grader is. Only people count towards the consensus.</summary>
public enum GraderKind
{
    /// <summary>A person.</summary>
    Human,

    /// <summary>A person with knowledge of the field.</summary>
    Expert,

    /// <summary>A language model that judges.</summary>
    Model,

    /// <summary>A program that measures.</summary>
    Automatic,
}
