using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>What models were asked: the recorded messages, else the challenge's own prompt.</summary>
internal sealed class AskedPrompt(Workspace workspace)
{
    private readonly Dictionary<(OutputKey, OutputId), Output> outputs = workspace
        .Outputs.Where(o => o.Id is not null)
        .ToDictionary(o => (o.Key, o.Id!.Value));

    private readonly Dictionary<ChallengeId, IReadOnlyList<Message>> own = workspace.Challenges.ToDictionary(
        c => c.Id,
        IReadOnlyList<Message> (c) => [new("user", c.Prompt.TrimEnd())]
    );

    /// <summary>The prompt of a pair, and whether its two sides were asked the same.</summary>
    public (IReadOnlyList<Message> Messages, bool Same) Of(PreferencePair pair)
    {
        var (chosen, rejected) = (Of(pair.Chosen), Of(pair.Rejected));
        var same = chosen.Select(Trimmed).SequenceEqual(rejected.Select(Trimmed));
        return (same ? chosen : own[pair.Challenge], same);
    }

    /// <summary>The prompt of one output.</summary>
    public IReadOnlyList<Message> Of(Candidate side) =>
        outputs.TryGetValue((side.Key, side.Id), out var output) && output.Request.Count > 0
            ? output.Request
            : own[side.Key.Challenge];

    private static Message Trimmed(Message message) => message with { Content = message.Content.TrimEnd() };
}
