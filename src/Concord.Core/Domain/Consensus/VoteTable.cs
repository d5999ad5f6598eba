using System.Runtime.CompilerServices;

namespace Concord.Core.Domain.Consensus;

/// <summary>
/// The votes of a ballot as columns, sorted by output and then by grader: everything that is computed from them reads these.
/// Made by <see cref="VoteCount"/>.
/// </summary>
public sealed class VoteTable
{
    private readonly IReadOnlyList<GradeSheet> _sheets;
    private readonly int[] _startOf;
    private readonly int[] _graderOf;
    private readonly (int Sheet, int Row)[] _placeOf;
    private readonly bool[] _stale;
    private readonly GradeStatus[] _status;
    private readonly double[][] _scores;
    private readonly bool[][] _scored;
    private readonly bool[] _counts;

    internal VoteTable(
        IReadOnlyList<GradeSheet> sheets,
        Grader[] graders,
        int[] startOf,
        int[] graderOf,
        (int Sheet, int Row)[] placeOf,
        bool[] stale,
        int criteria
    )
    {
        (_sheets, Graders, _startOf, _graderOf, _placeOf, _stale) = (sheets, graders, startOf, graderOf, placeOf, stale);
        _counts = Array.ConvertAll(graders, g => g.Counts);
        _status = new GradeStatus[Count];
        _scores = [.. Enumerable.Range(0, criteria).Select(_ => new double[Count])];
        _scored = [.. Enumerable.Range(0, criteria).Select(_ => new bool[Count])];
        Gather();
    }

    /// <summary>The graders of all sheets, sorted by id.</summary>
    public IReadOnlyList<Grader> Graders { get; }

    /// <summary>The number of votes, of every kind of grader.</summary>
    public int Count => _graderOf.Length;

    /// <summary>The number of criteria.</summary>
    public int Criteria => _scores.Length;

    /// <summary>Where each output's votes start, in the order of <see cref="Ballot.Outputs"/>; one entry more than there are outputs.</summary>
    public ReadOnlySpan<int> StartOf => _startOf;

    /// <summary>For each vote the index of its grader.</summary>
    public ReadOnlySpan<int> GraderOf => _graderOf;

    /// <summary>For each vote whether it was given to earlier files of the output.</summary>
    public ReadOnlySpan<bool> Stale => _stale;

    /// <summary>For each vote what the grade says of itself.</summary>
    public ReadOnlySpan<GradeStatus> Status => _status;

    /// <summary>The score of each vote for a criterion; 0 where <see cref="Scored"/> says that there is none.</summary>
    /// <param name="criterion">The criterion's place in the rubric.</param>
    public ReadOnlySpan<double> Scores(int criterion) => _scores[criterion];

    /// <summary>Which of <see cref="Scores"/> were given.</summary>
    /// <param name="criterion">The criterion's place in the rubric.</param>
    public ReadOnlySpan<bool> Scored(int criterion) => _scored[criterion];

    /// <summary>Whether a vote counts towards the consensus: those of people do.</summary>
    /// <param name="vote">The vote.</param>
    public bool Counts(int vote) => _counts[_graderOf[vote]];

    /// <summary>The grade behind a vote.</summary>
    /// <param name="vote">The vote.</param>
    public Grade GradeOf(int vote) => _sheets[_placeOf[vote].Sheet].Grades[_placeOf[vote].Row];

    /// <summary>A vote's weighted mean over the criteria of weight above 0.</summary>
    /// <param name="vote">The vote.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <returns>In score units; null where one of them was not scored, or none has a weight.</returns>
    public double? WeightedMean(int vote, IReadOnlyList<Criterion> rubric)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < rubric.Count; i++)
        {
            if (rubric[i].Weight <= 0)
                continue;
            if (!_scored[i][vote])
                return null;
            sum += rubric[i].Weight * _scores[i][vote];
            weights += rubric[i].Weight;
        }
        return weights > 0 ? sum / weights : null;
    }

    // Sheet by sheet, because a sheet's rows lie together in memory and an output's votes do not.
    [MethodImpl(Hot.Loop)]
    private void Gather()
    {
        var voteOf = _sheets.Select(s => new int[s.Grades.Count]).ToArray();
        for (var vote = 0; vote < Count; vote++)
            voteOf[_placeOf[vote].Sheet][_placeOf[vote].Row] = vote + 1;
        for (var sheet = 0; sheet < voteOf.Length; sheet++)
        {
            var grades = _sheets[sheet].Grades;
            if (grades.Count > 0 && grades.Criteria != Criteria)
                throw new InvalidOperationException($"{_sheets[sheet].Path} was read by another rubric.");
            var status = grades.Status;
            var scores = grades.Scores;
            var scored = grades.Scored;
            var votes = voteOf[sheet];
            for (var row = 0; row < votes.Length; row++)
            {
                if (votes[row] is not (> 0 and var next))
                    continue;
                _status[next - 1] = status[row];
                for (var i = 0; i < _scores.Length; i++)
                {
                    _scores[i][next - 1] = scores[row * _scores.Length + i];
                    _scored[i][next - 1] = scored[row * _scores.Length + i];
                }
            }
        }
    }
}
