using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

/// <summary>Candidates for tests: texts differ and graders agree unless a test says otherwise.</summary>
internal static class Given
{
    /// <summary>Rules that leave out nothing but ties and duplicates.</summary>
    public static PairRules NoLimits { get; } =
        new()
        {
            Strategy = PairStrategy.All,
            MinVotes = 0,
            MinCommon = 0,
            MinMargin = 0,
            MinChosen = 0,
            MaxPerPrompt = 0,
            KeepConflicts = true,
        };

    public static Candidate Candidate(
        string model,
        double overall,
        double?[]? criteria = null,
        string graders = "ann bob",
        string? text = null,
        string challenge = "bars"
    ) =>
        new(
            new(ChallengeId.Parse(challenge), ModelId.Parse(model)),
            Id($"{challenge}/{model}"),
            overall,
            criteria ?? [overall],
            graders.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(GraderId.Parse, _ => overall),
            text ?? $"the reply of {model} to {challenge}"
        );

    public static OutputId Id(string seed) => OutputId.Parse(Fingerprint.Sha256(Encoding.UTF8.GetBytes(seed))[..12]);

    public static string[] Names(IEnumerable<PreferencePair> pairs) =>
        [.. pairs.Select(p => $"{p.Chosen.Key.Model} > {p.Rejected.Key.Model}")];
}
