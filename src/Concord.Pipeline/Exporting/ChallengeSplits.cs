using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>Where a workspace's challenges lie.</summary>
internal sealed class ChallengeSplits(Workspace workspace, SplitShares shares)
{
    // Of all challenges, graded or not: what is graded later must not join two families that are apart by then. What a model was
    // sent stands in the rows, and may be the same where the challenges' own prompts differ.
    private readonly IReadOnlyDictionary<ChallengeId, ChallengeId> _families = ChallengeFamilies.Of(
        workspace.Challenges.ToDictionary(
            c => c.Id,
            IReadOnlyCollection<string> (c) =>

                [
                    c.Prompt,
                    .. workspace
                        .Outputs.Where(o => o.Key.Challenge == c.Id)
                        .Select(Asked)
                        .OfType<string>()
                        .Distinct(StringComparer.Ordinal),
                ]
        )
    );

    // What a person asked: all models may have one system prompt, which makes nothing the same.
    private static string? Asked(Output output) =>
        output.Request.Any(m => m.Role == "user")
            ? string.Join("\n\n", output.Request.Where(m => m.Role == "user").Select(m => m.Content))
            : null;

    public (ChallengeId Family, Split Split) Of(ChallengeId challenge)
    {
        var family = _families[challenge];
        return (family, shares.Of(family));
    }

    /// <summary>The parts of a dataset: of rows in order, those of each split.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="challenge">A row's challenge.</param>
    /// <param name="write">Makes a row's values, when it is its turn.</param>
    public IReadOnlyList<DatasetPart> Parts<T>(IReadOnlyList<T> rows, Func<T, ChallengeId> challenge, Func<T, DatasetRow> write)
    {
        Split[] splits =
        [
            Split.Train,
            .. shares.Validation > 0 ? [Split.Validation] : Array.Empty<Split>(),
            .. shares.Test > 0 ? [Split.Test] : Array.Empty<Split>(),
        ];
        return [.. splits.Select(s => new DatasetPart(s, Rows(s).Count(), Rows(s).Select(write)))];

        IEnumerable<T> Rows(Split split) => rows.Where(r => Of(challenge(r)).Split == split);
    }
}
