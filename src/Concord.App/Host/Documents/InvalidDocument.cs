namespace Concord.App.Host.Documents;

internal sealed record InvalidDocument(IReadOnlyList<FieldProblem> Problems);

internal sealed record FieldProblem(string Field, string Message, string Remedy);

internal sealed record ConflictDocument(GradeDocument Current);
