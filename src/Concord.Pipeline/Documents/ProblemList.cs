using Concord.Core.Domain;

namespace Concord.Pipeline.Documents;

/// <summary>Gathers the problems of one file while it is read, so that all are reported at once.</summary>
/// <param name="path">The file, relative to the workspace.</param>
public sealed class ProblemList(string path)
{
    private readonly List<Problem> _problems = [];

    public string Path => path;

    public IReadOnlyList<Problem> Problems => _problems;

    public bool HasErrors => _problems.Exists(p => p.Severity == Severity.Error);

    public void Error(string rule, int? line, int? column, string what, string mend) =>
        _problems.Add(new(Severity.Error, rule, path, line, column, what, mend));

    internal void Error(string rule, DocumentNode at, string what, string mend) => Error(rule, at.Line, at.Column, what, mend);

    public void Note(string rule, int? line, int? column, string what, string mend) =>
        _problems.Add(new(Severity.Notice, rule, path, line, column, what, mend));
}
