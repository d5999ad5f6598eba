using Concord.Core.Domain;
using Concord.Pipeline.Datasets.Reading;

namespace Concord.Pipeline.Validating;

/// <summary>What is wrong with a dataset: the first of each rule, and how many there are.</summary>
/// <param name="most">How many of a rule are kept.</param>
internal sealed class Findings(int most)
{
    // A text or a name of a row may have megabytes.
    private const int Longest = 2_000;

    private readonly List<Problem> _kept = [];
    private readonly Dictionary<string, long> _ofRule = new(StringComparer.Ordinal);
    private readonly Dictionary<Severity, long> _ofSeverity = [];

    private DatasetRow? _row;

    /// <summary>Those that are kept, in the order found.</summary>
    public IReadOnlyList<Problem> Kept => _kept;

    /// <summary>How many more there are of rules with more than are kept.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> More =>
        [
            .. _ofRule
                .Where(r => r.Value > most)
                .Select(r => new KeyValuePair<string, long>(r.Key, r.Value - most))
                .OrderBy(r => r.Key, StringComparer.Ordinal),
        ];

    /// <summary>How many there are of a severity.</summary>
    public long Count(Severity severity) => _ofSeverity.GetValueOrDefault(severity);

    /// <summary>What is found from now on is found in this row.</summary>
    public void At(DatasetRow? row) => _row = row;

    public void Error(string rule, string what, string mend) => Add(Severity.Error, rule, what, mend);

    public void Warning(string rule, string what, string mend) => Add(Severity.Warning, rule, what, mend);

    public void Note(string rule, string what, string mend) => Add(Severity.Notice, rule, what, mend);

    public void Add(Severity severity, string rule, string what, string mend) =>
        Add(new(severity, rule, _row?.File ?? "", _row is null ? null : Places.LineOf(_row.Line), null, Cut(what), mend));

    private static string Cut(string text) =>
        text.Length <= Longest ? text : text[..(Longest - (char.IsHighSurrogate(text[Longest - 1]) ? 1 : 0))] + "…";

    public void Add(Problem problem)
    {
        _ofSeverity[problem.Severity] = Count(problem.Severity) + 1;
        var count = _ofRule.GetValueOrDefault(problem.Rule) + 1;
        _ofRule[problem.Rule] = count;
        if (count <= most)
            _kept.Add(problem);
    }
}
