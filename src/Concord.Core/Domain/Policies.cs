namespace Concord.Core.Domain;

/// <summary>How grading is done.</summary>
/// <param name="Blind">Whether graders do not learn which model wrote an output before their grade is saved.</param>
/// <param name="Overlap">How many people should grade each output, 1 or more.</param>
public sealed record GradingPolicy(bool Blind, int Overlap);

/// <summary>What an output that a model failed to produce counts for the model.</summary>
public enum FailedOutputs
{
    /// <summary>Nothing; the number of failures is shown beside the score.</summary>
    Exclude,

    /// <summary>The lowest score of every criterion.</summary>
    Minimum,
}

/// <summary>How the consensus is made.</summary>
/// <param name="Method">The method.</param>
/// <param name="MinGraders">How many graders an output needs before its flag <c>few-graders</c> goes, 1 or more.</param>
/// <param name="Trim">The share cut from either end by <see cref="ConsensusMethod.Trimmed"/>, 0 to less than 0.5.</param>
/// <param name="FailedOutputs">What failed outputs count.</param>
/// <param name="Bootstrap">Bootstrap replicates for intervals, 0 for none.</param>
/// <param name="Seed">The seed of every pseudo-random number.</param>
public sealed record ConsensusPolicy(
    ConsensusMethod Method,
    int MinGraders,
    double Trim,
    FailedOutputs FailedOutputs,
    int Bootstrap,
    ulong Seed
);

/// <summary>When an output is flagged.</summary>
/// <param name="Range">Flag where max − min reaches this many score units; null takes 60 % of the scale's width.</param>
/// <param name="ExpectedLoss">Flag where the rater model expects to be off by this many score units.</param>
public sealed record FlagPolicy(double? Range, double ExpectedLoss);

/// <summary>Who merges a pull request that only adds its author's grades and passes.</summary>
public enum MergePolicy
{
    /// <summary>A person.</summary>
    Manual,

    /// <summary>CI.</summary>
    Auto,
}
