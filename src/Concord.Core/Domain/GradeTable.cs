using System.Collections;

namespace Concord.Core.Domain;

/// <summary>
/// The rows of a grade file as columns; a <see cref="Grade"/> is made when it is asked for. Immutable, but for the outputs
/// it shares with other files, which only grow.
/// </summary>
public sealed class GradeTable : IReadOnlyList<Grade>
{
    /// <summary>What <see cref="Seconds"/> has where the time was not measured.</summary>
    public const int NotMeasured = -1;

    private const int FirstLine = 2;

    private readonly int[] _outputOf;
    private readonly double[] _scores;
    private readonly bool[] _scored;
    private readonly GradeStatus[] _status;
    private readonly long[] _gradedAt;
    private readonly int[] _seconds;
    private readonly IReadOnlyDictionary<int, string> _notes;
    private readonly int[]? _lines;
    private readonly Lazy<byte[]> _digest;

    /// <summary>Takes over columns, one entry a row; nobody may write to them afterwards.</summary>
    /// <param name="outputs">The outputs that <paramref name="columns"/> number.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="digest">What <see cref="Digest"/> is, where it is known.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public GradeTable(GradedOutputs outputs, GradeColumns columns, byte[]? digest = null)
    {
        (Outputs, Criteria) = (outputs, columns.Criteria);
        (_outputOf, _scores, _scored, _status) = (columns.OutputOf, columns.Scores, columns.Scored, columns.Status);
        (_gradedAt, _seconds, _notes, _lines) = (columns.GradedAt, columns.Seconds, columns.Notes, columns.Lines);
        if (
            _scores.Length != (long)Count * Criteria
            || _scored.Length != _scores.Length
            || _status.Length != Count
            || _gradedAt.Length != Count
            || _seconds.Length != Count
            || (_lines is not null && _lines.Length != Count)
        )
            throw new ArgumentException("The columns have different lengths.", nameof(columns));
        _digest = digest is null ? new(() => GradeDigest.Of(this)) : new(digest);
    }

    /// <summary>Puts rows into columns.</summary>
    /// <param name="grades">The rows, all with scores for the same criteria.</param>
    /// <param name="lines">The 1-based line of each; null where each has one line, from the second on.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">Rows differ in their number of scores.</exception>
    public static GradeTable Of(IReadOnlyList<Grade> grades, IReadOnlyList<int>? lines = null)
    {
        var outputs = new GradedOutputs();
        var columns = new GradeColumns(grades.Count, grades.Count > 0 ? grades[0].Scores.Count : 0)
        {
            Lines = lines is null ? null : [.. lines],
        };
        for (var row = 0; row < grades.Count; row++)
        {
            var grade = grades[row];
            if (grade.Scores.Count != columns.Criteria)
                throw new ArgumentException("The rows have different numbers of scores.", nameof(grades));
            columns.OutputOf[row] = outputs.Add(new(grade.Key, grade.Output));
            for (var i = 0; i < columns.Criteria; i++)
                if (grade.Scores[i] is { } score)
                    columns.Score(row, i, score);
            columns.Status[row] = grade.Status;
            columns.GradedAt[row] = grade.GradedAt.Ticks;
            columns.Seconds[row] = grade.Seconds ?? NotMeasured;
            if (grade.Notes.Length > 0)
                columns.Notes[row] = grade.Notes;
        }
        return new(outputs, columns);
    }

    /// <summary>The number of rows.</summary>
    public int Count => _outputOf.Length;

    /// <summary>The number of criteria.</summary>
    public int Criteria { get; }

    /// <summary>The outputs that <see cref="OutputOf"/> numbers; some may belong to other files.</summary>
    public GradedOutputs Outputs { get; }

    /// <summary>For each row the number of its output in <see cref="Outputs"/>.</summary>
    public ReadOnlySpan<int> OutputOf => _outputOf;

    /// <summary>The scores row by row, criteria in rubric order; 0 where <see cref="Scored"/> says that there is none.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>Which of <see cref="Scores"/> were given.</summary>
    public ReadOnlySpan<bool> Scored => _scored;

    /// <summary>For each row what it means.</summary>
    public ReadOnlySpan<GradeStatus> Status => _status;

    /// <summary>For each row when it was graded, in ticks of UTC.</summary>
    public ReadOnlySpan<long> GradedAt => _gradedAt;

    /// <summary>For each row how many seconds it took; <see cref="NotMeasured"/> where that is not known.</summary>
    public ReadOnlySpan<int> Seconds => _seconds;

    /// <summary>The notes that are not empty, by row.</summary>
    public IReadOnlyDictionary<int, string> Notes => _notes;

    /// <summary>SHA-256 of the rows in a canonical form; their order does not matter.</summary>
    public ReadOnlySpan<byte> Digest => _digest.Value;

    /// <inheritdoc/>
    public Grade this[int row]
    {
        get
        {
            var scores = new double?[Criteria];
            for (var i = 0; i < scores.Length; i++)
                scores[i] = _scored[row * Criteria + i] ? _scores[row * Criteria + i] : null;
            var output = Outputs[_outputOf[row]];
            return new(
                output.Key,
                output.Output,
                scores,
                _status[row],
                _notes.TryGetValue(row, out var notes) ? notes : "",
                new(_gradedAt[row], DateTimeKind.Utc),
                _seconds[row] == NotMeasured ? null : _seconds[row]
            );
        }
    }

    /// <summary>The 1-based line on which a row begins.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The line in the file.</returns>
    public int LineOf(int row) => _lines is null ? row + FirstLine : _lines[row];

    /// <inheritdoc/>
    public IEnumerator<Grade> GetEnumerator()
    {
        for (var row = 0; row < Count; row++)
            yield return this[row];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
