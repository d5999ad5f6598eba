using System.Runtime.CompilerServices;

namespace Concord.Core.Domain.Consensus;

/// <summary>
/// What people gave one output for one criterion, read out of the columns into room that the next output uses again.
/// </summary>
internal sealed class OutputScores
{
    private double[] _scores = [];
    private double[] _sorted = [];
    private int[] _graders = [];

    public int Count { get; private set; }

    /// <summary>In the order of the graders.</summary>
    public ReadOnlySpan<double> Scores => _scores.AsSpan(0, Count);

    /// <summary>The same, ascending.</summary>
    public ReadOnlySpan<double> Sorted => _sorted.AsSpan(0, Count);

    /// <summary>For each score the index of its grader.</summary>
    public ReadOnlySpan<int> Graders => _graders.AsSpan(0, Count);

    public double[] Weights(IReadOnlyList<Grader> graders)
    {
        var weights = new double[Count];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = graders[_graders[i]].Weight;
        return weights;
    }

    [MethodImpl(Hot.Loop)]
    public void Read(OutputVotes output, int criterion)
    {
        var scores = output.Table.Scores(criterion);
        var scored = output.Table.Scored(criterion);
        var graderOf = output.Table.GraderOf;
        var (table, start, end) = (output.Table, output.Start, output.End);
        Clear(end - start);
        for (var vote = start; vote < end; vote++)
            if (scored[vote] && table.Counts(vote))
                Add(scores[vote], graderOf[vote]);
        Statistics.Summary.Sorted.Copy(Scores, _sorted);
    }

    /// <summary>Reads each person's own weighted mean instead, where all of it was scored.</summary>
    [MethodImpl(Hot.Loop)]
    public void ReadMeans(OutputVotes output, IReadOnlyList<Criterion> rubric)
    {
        var (table, start, end) = (output.Table, output.Start, output.End);
        Clear(end - start);
        for (var vote = start; vote < end; vote++)
            if (table.Counts(vote) && table.WeightedMean(vote, rubric) is { } mean)
                Add(mean, table.GraderOf[vote]);
        Statistics.Summary.Sorted.Copy(Scores, _sorted);
    }

    private void Clear(int room)
    {
        Count = 0;
        if (room <= _scores.Length)
            return;
        (_scores, _sorted, _graders) = (new double[room], new double[room], new int[room]);
    }

    private void Add(double score, int grader)
    {
        _scores[Count] = score;
        _graders[Count++] = grader;
    }
}
