namespace Concord.Core.Domain;

/// <summary>How grading is done.</summary>
/// <param name="Blind">Whether graders do not learn which model wrote an output before their grade is saved.</param>
/// <param name="Overlap">How many people should grade each output, 1 or more.</param>
public sealed record GradingPolicy(bool Blind, int Overlap);
