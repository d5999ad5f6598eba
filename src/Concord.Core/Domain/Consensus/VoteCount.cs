using System.Runtime.CompilerServices;

namespace Concord.Core.Domain.Consensus;

/// <summary>Counts the votes of a workspace: sorts the rows of all sheets by output and grader, and keeps the latest.</summary>
internal sealed class VoteCount
{
    private const int Unknown = -1;

    private readonly IReadOnlyList<GradeSheet> _sheets;
    private readonly Output[] _outputs;
    private readonly Grader[] _graders;
    private readonly string[] _files;
    private readonly int[] _graderOfSheet;
    private readonly int[][] _placesOfSheet;
    private readonly bool _includeStale;

    // The rows that score a known output, sorted by output, grader and file.
    private readonly int[] _startOf;
    private readonly (int Sheet, int Row)[] _rows;

    public VoteCount(Workspace workspace, bool includeStale)
    {
        (_sheets, _includeStale) = (workspace.Sheets, includeStale);
        _outputs = [.. workspace.Outputs.Where(o => o.Id is not null).OrderBy(o => o.Key)];
        GraderId[] ids = [.. _sheets.Select(s => s.Grader).Distinct().Order()];
        _graders = Array.ConvertAll(ids, workspace.Grader);
        _files = [.. _sheets.Select(s => s.FileName)];
        _graderOfSheet = [.. _sheets.Select(s => Array.BinarySearch(ids, s.Grader))];
        _placesOfSheet = Places();
        HasStale = new bool[_outputs.Length];
        (_startOf, _rows) = Sorted();
        Votes = Latest(workspace.Benchmark.Criteria.Count);
    }

    public IReadOnlyList<Output> Outputs => _outputs;

    public VoteTable Votes { get; }

    /// <summary>For each output whether a person graded earlier files of it and not these.</summary>
    public bool[] HasStale { get; }

    public int Graded { get; private set; }

    public int Skipped { get; private set; }

    public int Superseded { get; private set; }

    public int Stale { get; private set; }

    public int NotThere { get; private set; }

    /// <summary>
    /// For each sheet a table from its numbers of outputs to ours, doubled, and 1 more where the files are earlier ones.
    /// Sheets that share numbers share the table.
    /// </summary>
    private int[][] Places()
    {
        var index = new Dictionary<OutputKey, int>();
        for (var i = 0; i < _outputs.Length; i++)
            index[_outputs[i].Key] = i;
        var tables = new Dictionary<GradedOutputs, int[]>(ReferenceEqualityComparer.Instance);
        return
        [
            .. _sheets.Select(s =>
            {
                var outputs = s.Grades.Outputs;
                if (!tables.TryGetValue(outputs, out var table))
                {
                    tables[outputs] = table = new int[outputs.Count];
                    for (var i = 0; i < table.Length; i++)
                        table[i] = index.TryGetValue(outputs[i].Key, out var place)
                            ? 2 * place + (outputs[i].Output == _outputs[place].Id ? 0 : 1)
                            : Unknown;
                }
                return table;
            }),
        ];
    }

    /// <summary>A counting sort by output of sheets that are taken by grader and file.</summary>
    [MethodImpl(Hot.Loop)]
    private (int[] StartOf, (int Sheet, int Row)[] Rows) Sorted()
    {
        var order = Enumerable
            .Range(0, _sheets.Count)
            .OrderBy(s => _graderOfSheet[s])
            .ThenBy(s => _files[s], StringComparer.Ordinal)
            .ToArray();
        var start = new int[_outputs.Length + 1];
        foreach (var sheet in order)
        {
            var status = _sheets[sheet].Grades.Status;
            var outputOf = _sheets[sheet].Grades.OutputOf;
            var places = _placesOfSheet[sheet];
            for (var row = 0; row < status.Length; row++)
            {
                if (status[row] == GradeStatus.Skipped)
                    Skipped++;
                else if (places[outputOf[row]] is >= 0 and var place)
                    start[place / 2 + 1]++;
                else
                    NotThere++;
            }
        }
        for (var i = 0; i < _outputs.Length; i++)
            start[i + 1] += start[i];
        Graded = start[^1] + NotThere;

        var (next, rows) = (start.AsSpan(0, _outputs.Length).ToArray(), new (int, int)[start[^1]]);
        foreach (var sheet in order)
        {
            var status = _sheets[sheet].Grades.Status;
            var outputOf = _sheets[sheet].Grades.OutputOf;
            var places = _placesOfSheet[sheet];
            for (var row = 0; row < status.Length; row++)
                if (status[row] != GradeStatus.Skipped && places[outputOf[row]] is >= 0 and var place)
                    rows[next[place / 2]++] = (sheet, row);
        }
        return (start, rows);
    }

    [MethodImpl(Hot.Loop)]
    private VoteTable Latest(int criteria)
    {
        var (start, votes) = (new int[_outputs.Length + 1], 0);
        var (graderOf, placeOf, stale) = (new int[_rows.Length], new (int Sheet, int Row)[_rows.Length], new bool[_rows.Length]);
        for (var output = 0; output < _outputs.Length; output++)
        {
            var (from, end) = (_startOf[output], _startOf[output + 1]);
            while (from < end)
            {
                var grader = _graderOfSheet[_rows[from].Sheet];
                var to = from + 1;
                while (to < end && _graderOfSheet[_rows[to].Sheet] == grader)
                    to++;
                if (OfOneGrader(output, _graders[grader], _rows.AsSpan(from..to)) is { } vote)
                {
                    (graderOf[votes], placeOf[votes], stale[votes]) = (grader, vote, IsStale(vote));
                    votes++;
                }
                from = to;
            }
            start[output + 1] = votes;
        }
        Array.Resize(ref graderOf, votes);
        Array.Resize(ref placeOf, votes);
        Array.Resize(ref stale, votes);
        return new(_sheets, _graders, start, graderOf, placeOf, stale, criteria);
    }

    /// <summary>The row by which a grader counts for an output, and what became of the others.</summary>
    [MethodImpl(Hot.Loop)]
    private (int Sheet, int Row)? OfOneGrader(int output, Grader grader, Span<(int Sheet, int Row)> rows)
    {
        if (rows.Length > 1)
            rows.Sort(Order);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0 && IdOf(rows[i]) == IdOf(rows[i - 1]))
                Superseded++;
            else if (IsStale(rows[i]))
                Stale++;
        }
        if (!IsStale(rows[0]))
            return rows[0];
        HasStale[output] |= grader.Counts;
        if (!_includeStale)
            return null;
        var latest = rows[0];
        foreach (var row in rows)
            if (IsLater(row, latest))
                latest = row;
        return latest;
    }

    // The present files first; of each files the latest first.
    private int Order((int Sheet, int Row) a, (int Sheet, int Row) b)
    {
        if (IsStale(a).CompareTo(IsStale(b)) is var byStale and not 0)
            return byStale;
        if (IdOf(a).CompareTo(IdOf(b)) is var byFiles and not 0)
            return byFiles;
        return IsLater(a, b) ? -1
            : IsLater(b, a) ? 1
            : a.Row.CompareTo(b.Row);
    }

    private bool IsLater((int Sheet, int Row) a, (int Sheet, int Row) b)
    {
        var (atA, atB) = (_sheets[a.Sheet].Grades.GradedAt[a.Row], _sheets[b.Sheet].Grades.GradedAt[b.Row]);
        return atA != atB ? atA > atB : string.CompareOrdinal(_files[a.Sheet], _files[b.Sheet]) > 0;
    }

    private bool IsStale((int Sheet, int Row) row) =>
        (_placesOfSheet[row.Sheet][_sheets[row.Sheet].Grades.OutputOf[row.Row]] & 1) == 1;

    private OutputId IdOf((int Sheet, int Row) row)
    {
        var grades = _sheets[row.Sheet].Grades;
        return grades.Outputs[grades.OutputOf[row.Row]].Output;
    }
}
