using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Grading;

/// <summary>The grade file of a session: every save replaces it whole, on disk, and then commits it.</summary>
/// <param name="root">The folder that has it below <c>grades/</c>.</param>
/// <param name="path">The file, in the workspace.</param>
/// <param name="grader">Whose it is.</param>
/// <param name="date">The session's start.</param>
/// <param name="rubric">The criteria, in order.</param>
/// <param name="mode">Which of the grader's files it is.</param>
/// <param name="commits">Commits it; null leaves it on disk.</param>
/// <param name="message">The message of a commit of some grades.</param>
internal sealed class GradeJournal(
    string root,
    string path,
    GraderId grader,
    DateOnly date,
    IReadOnlyList<Criterion> rubric,
    GradingMode mode,
    GradeCommits? commits,
    Func<IReadOnlyList<Grade>, string> message
)
{
    private readonly string _file = Path.Combine(root, path);
    private Dictionary<GradedOutput, Grade> _rows = [];
    private Dictionary<GradedOutput, Grade> _committed = [];
    private (long, DateTime) _stamp;

    /// <summary>The file, in the workspace.</summary>
    public string FilePath => path;

    /// <summary>The file, canonical.</summary>
    public byte[] Bytes => GradeCsv.Write(_rows.Values, rubric);

    /// <summary>Every row on disk.</summary>
    public IReadOnlyCollection<Grade> Rows => _rows.Values;

    /// <summary>Whether a row is in a commit.</summary>
    public bool IsCommitted(Grade grade) => Same(_committed, grade);

    /// <summary>The rows that are on disk and in no commit, in the file's order.</summary>
    public IReadOnlyList<Grade> Pending =>
        commits is null ? [] : [.. _rows.Values.Where(r => !Same(_committed, r)).Order(Comparer<Grade>.Create(Grade.FileOrder))];

    /// <summary>Whether rows of the branch are no longer on disk, so that a commit is due though no row is pending.</summary>
    private bool HasRemoved => commits is not null && _committed.Keys.Any(k => !_rows.ContainsKey(k));

    /// <summary>Reads the file, and what was salvaged of it.</summary>
    /// <param name="committed">The file as the branch has it; null where it has none.</param>
    /// <param name="salvaged">The file as it lay in work trees that are gone.</param>
    /// <param name="aside">Where a file that no crash should leave is put.</param>
    /// <exception cref="ConcordException">The file cannot be read.</exception>
    public void Load(byte[]? committed, IEnumerable<byte[]> salvaged, string aside)
    {
        RemoveLeftovers();
        _committed = committed is null ? [] : Parse(committed, strict: true)!;
        if (commits is not null)
            commits.IsTracked = committed is not null;
        // A file that the disk lost in a power failure is put aside; the branch has what was committed of it.
        if (File.Exists(_file) && committed is not null && Parse(File.ReadAllBytes(_file), strict: false) is null)
            File.Move(_file, $"{aside}-{Guid.NewGuid():N}.csv");
        if (!File.Exists(_file) && committed is not null)
            AtomicFile.Replace(_file, committed);
        ReadFile();
        var changed = false;
        foreach (var old in salvaged)
        foreach (var (key, row) in Parse(old, strict: false) ?? [])
            if (!_rows.TryGetValue(key, out var known) || row.GradedAt > known.GradedAt)
            {
                _rows[key] = row;
                changed = true;
            }
        if (changed)
            Write(_rows);
    }

    /// <summary>Puts a row on disk, flushed, in the place of the one for the same form of the same output.</summary>
    /// <returns>The row as it is read again.</returns>
    /// <exception cref="ConcordException">The row is none that could be read, or the file system refused; the file is as it was.</exception>
    public Grade Put(Grade grade)
    {
        if (Stamp() != _stamp)
            ReadFile();
        var rows = new Dictionary<GradedOutput, Grade>(_rows) { [KeyOf(grade)] = grade };
        Write(rows);
        return _rows[KeyOf(grade)];
    }

    /// <summary>Puts other rows in the place of all, before the branch is moved to where it has them.</summary>
    /// <exception cref="ConcordException">They cannot be read, or the file system refused; the file is as it was.</exception>
    public void Take(byte[] bytes)
    {
        var rows = Parse(bytes, strict: true)!;
        if (!File.Exists(_file) || !bytes.AsSpan().SequenceEqual(File.ReadAllBytes(_file)))
            AtomicFile.Replace(_file, bytes);
        (_rows, _stamp) = (rows, Stamp());
    }

    /// <summary>Takes note that the branch was moved to where it has these rows.</summary>
    public void Moved(byte[]? committed)
    {
        _committed = committed is null ? [] : Parse(committed, strict: true)!;
        if (commits is not null)
            commits.IsTracked = committed is not null;
    }

    /// <summary>Commits what is on disk, as far as it is not.</summary>
    public async Task<CommitResult> CommitAsync(CancellationToken cancellation)
    {
        var pending = Pending;
        if (commits is null || (pending.Count == 0 && !HasRemoved))
            return default;
        var rows = _rows;
        var result = await commits.CommitAsync(message(pending.Count > 0 ? pending : [.. rows.Values]), cancellation);
        if (result.Id is not null)
            _committed = rows;
        return result;
    }

    private void Write(Dictionary<GradedOutput, Grade> rows)
    {
        byte[] bytes;
        try
        {
            bytes = GradeCsv.Write(rows.Values, rubric);
        }
        catch (ArgumentException e)
        {
            throw new ConcordException("wrong-grade", e.Message, "Take out what is no text, or shorten the note.");
        }
        // What could not be read again is not written: reading alone says what a grade may be.
        var read = Parse(bytes, strict: true)!;
        AtomicFile.Replace(_file, bytes);
        (_rows, _stamp) = (read, Stamp());
    }

    private void ReadFile()
    {
        _stamp = Stamp();
        _rows = File.Exists(_file) ? Parse(File.ReadAllBytes(_file), strict: true)! : [];
    }

    private Dictionary<GradedOutput, Grade>? Parse(byte[] bytes, bool strict)
    {
        var problems = new ProblemList(path);
        var sheet = GradeFile.Read(bytes, grader, date, mode, rubric, problems);
        if (!problems.HasErrors)
            return sheet.Grades.ToDictionary(KeyOf);
        return strict ? throw new ConcordException(problems.Problems) : null;
    }

    private (long, DateTime) Stamp() =>
        new FileInfo(_file) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : default;

    private void RemoveLeftovers()
    {
        if (Path.GetDirectoryName(_file) is { } folder && Directory.Exists(folder))
            foreach (
                var left in new DirectoryInfo(folder).EnumerateFiles($"{AtomicFile.TemporaryPrefix}*{Path.GetFileName(path)}")
            )
                if (AtomicFile.IsLeftover(left.Name))
                    left.Delete();
    }

    private static bool Same(Dictionary<GradedOutput, Grade> rows, Grade grade) =>
        rows.TryGetValue(KeyOf(grade), out var row) && row.Equals(grade);

    private static GradedOutput KeyOf(Grade grade) => new(grade.Key, grade.Output);
}
