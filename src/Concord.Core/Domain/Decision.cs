namespace Concord.Core.Domain;

/// <summary>A lead's word on an output: one row of a file of decisions, <c>grades/&lt;lead&gt;-&lt;yyyy-MM-dd&gt;.adjudicated.csv</c>.</summary>
/// <param name="Lead">Whose file it is in. That the grader is a lead is not said: <see cref="Grader.Adjudicates"/> tells.</param>
/// <param name="Grade">
/// The row. <see cref="GradeStatus.Graded"/> decides the criteria that have a score, <see cref="GradeStatus.Withdrawn"/> takes
/// this lead's decision back; the reason is in the notes.
/// </param>
public sealed record Decision(GraderId Lead, Grade Grade);
