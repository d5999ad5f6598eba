namespace Concord.Core.Domain;

/// <summary>What a grader may do.</summary>
public enum GraderRole
{
    /// <summary>Grades.</summary>
    Grader,

    /// <summary>Grades, imports the grades of others, and adjudicates.</summary>
    Lead,
}
