using Concord.Core.Domain;
using Concord.Core.Domain.Grading;

namespace Concord.Tests.Domain.Grading;

/// <summary>Outputs to be assigned, and the orders of numbered graders.</summary>
internal static class Outputs
{
    /// <summary>As many outputs of each challenge as its number says, graded by nobody.</summary>
    public static Assignable[] Of(params int[] challenges) =>
        [
            .. challenges.SelectMany(
                (n, c) =>
                    Enumerable
                        .Range(0, n)
                        .Select(i => new Assignable(
                            new(ChallengeId.Parse($"c{c}"), ModelId.Parse($"lab/m{i}")),
                            OutputId.Parse("aaaaaaaaaaaa"),
                            0
                        ))
            ),
        ];

    public static GraderId Grader(int number) => GraderId.Parse($"grader-{number}");

    public static OutputKey[] Order(
        IReadOnlyList<Assignable> outputs,
        int number,
        int overlap = 3,
        bool together = true,
        string session = "one"
    ) => [.. AssignmentOrder.Of(outputs, overlap, "bench", Grader(number), number, session, together)];
}
