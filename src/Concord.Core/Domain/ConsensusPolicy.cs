namespace Concord.Core.Domain;

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
)
{
    /// <summary>The rater model behind expected losses; a method that is a rater model takes its place.</summary>
    public RaterModelChoice RaterModel { get; init; } = RaterModelChoice.Auto;

    /// <summary>The order of the review queue.</summary>
    public QueueOrder Queue { get; init; } = QueueOrder.ExpectedLoss;
}
