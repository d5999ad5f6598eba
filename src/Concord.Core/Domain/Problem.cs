namespace Concord.Core.Domain;

/// <summary>One thing that is wrong with the data, with its place and the way to mend it.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rule">The rule that found it, a stable kebab-case name such as <c>score-range</c>.</param>
/// <param name="Path">The file, relative to the workspace with <c>/</c>; empty where no file is at fault.</param>
/// <param name="Line">1-based line, null where the whole file is meant.</param>
/// <param name="Column">1-based column in characters, null where the whole line is meant.</param>
/// <param name="What">What is wrong: one sentence.</param>
/// <param name="Mend">How to mend it: one sentence.</param>
public sealed record Problem(Severity Severity, string Rule, string Path, int? Line, int? Column, string What, string Mend)
{
    /// <summary>The place as compilers print it: <c>path:line:column</c>, as far as it is known.</summary>
    public string Place =>
        (Line, Column) switch
        {
            (null, _) => Path,
            (_, null) => $"{Path}:{Line}",
            _ => $"{Path}:{Line}:{Column}",
        };

    /// <summary>The place, what is wrong and how to mend it, on one line.</summary>
    public override string ToString() => PlainText.Of($"{(Path.Length == 0 ? "" : $"{Place}: ")}{What} {Mend}".TrimEnd());

    /// <summary>An order by place and then by words, so that reports do not depend on how files were read.</summary>
    /// <param name="problems">The problems in any order.</param>
    /// <returns>The same problems, sorted ordinally by path, then line, column, rule and text; doubles removed.</returns>
    public static IReadOnlyList<Problem> Sorted(IEnumerable<Problem> problems) =>
        [
            .. problems
                .Distinct()
                .OrderBy(p => p.Path, StringComparer.Ordinal)
                .ThenBy(p => p.Line ?? 0)
                .ThenBy(p => p.Column ?? 0)
                .ThenBy(p => p.Rule, StringComparer.Ordinal)
                .ThenBy(p => p.What, StringComparer.Ordinal),
        ];
}
