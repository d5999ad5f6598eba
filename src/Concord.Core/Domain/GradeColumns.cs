namespace Concord.Core.Domain;

/// <summary>The columns of a <see cref="GradeTable"/> while they are filled.</summary>
/// <param name="rows">How many rows there are.</param>
/// <param name="criteria">How many criteria there are.</param>
public sealed class GradeColumns(int rows, int criteria)
{
    /// <summary>The number of criteria.</summary>
    public int Criteria => criteria;

    /// <summary>For each row the number of its output.</summary>
    public int[] OutputOf { get; } = new int[rows];

    /// <summary>The scores row by row; 0 where there is none.</summary>
    public double[] Scores { get; } = new double[rows * criteria];

    /// <summary>Which of <see cref="Scores"/> were given.</summary>
    public bool[] Scored { get; } = new bool[rows * criteria];

    /// <summary>For each row what it means.</summary>
    public GradeStatus[] Status { get; } = new GradeStatus[rows];

    /// <summary>For each row when it was graded, in ticks of UTC.</summary>
    public long[] GradedAt { get; } = new long[rows];

    /// <summary>For each row the seconds it took, or <see cref="GradeTable.NotMeasured"/>.</summary>
    public int[] Seconds { get; } = new int[rows];

    /// <summary>The notes that are not empty, by row.</summary>
    public Dictionary<int, string> Notes { get; } = [];

    /// <summary>The 1-based line of each row; null where each has one line, from the second on.</summary>
    public int[]? Lines { get; init; }

    /// <summary>Sets a score.</summary>
    /// <param name="row">The row.</param>
    /// <param name="criterion">The criterion.</param>
    /// <param name="score">A finite number.</param>
    public void Score(int row, int criterion, double score)
    {
        Scores[row * criteria + criterion] = score + 0.0; // −0 is 0
        Scored[row * criteria + criterion] = true;
    }
}
