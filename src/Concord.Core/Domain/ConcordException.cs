namespace Concord.Core.Domain;

/// <summary>A failure that the user can mend: what, where and how. Anything else is a bug.</summary>
public sealed class ConcordException : Exception
{
    /// <summary>A failure made of one or more problems.</summary>
    /// <param name="problems">At least one.</param>
    /// <exception cref="ArgumentException"><paramref name="problems"/> is empty.</exception>
    public ConcordException(IReadOnlyList<Problem> problems)
        : base(string.Join('\n', (IEnumerable<Problem>)problems))
    {
        if (problems.Count == 0)
            throw new ArgumentException("A failure has at least one problem.", nameof(problems));
        Problems = problems;
    }

    /// <summary>A failure without a place in a file.</summary>
    /// <param name="rule">A stable kebab-case name.</param>
    /// <param name="what">What is wrong: one sentence.</param>
    /// <param name="mend">How to mend it: one sentence.</param>
    /// <param name="path">The file at fault, where there is one.</param>
    public ConcordException(string rule, string what, string mend, string path = "")
        : this([new Problem(Severity.Error, rule, path, null, null, what, mend)]) { }

    /// <summary>Everything that is wrong, at least one problem.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
