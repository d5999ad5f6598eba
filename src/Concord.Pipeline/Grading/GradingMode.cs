namespace Concord.Pipeline.Grading;

/// <summary>What is walked in a grading session.</summary>
public enum GradingMode
{
    /// <summary>What lacks graders first.</summary>
    Grade,

    /// <summary>The rows of consensus/review.csv.</summary>
    Review,

    /// <summary>What graders differ on, for a lead to decide.</summary>
    Adjudicate,
}
