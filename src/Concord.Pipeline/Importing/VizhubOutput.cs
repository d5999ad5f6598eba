using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Replies;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Importing;

/// <summary>An output as it will be: its files come from the raw reply, and from nowhere else but the starter files.</summary>
/// <param name="Record">What the folder has of it.</param>
/// <param name="Failure">Why there are no files; null where there are.</param>
/// <param name="Files">By path below files/.</param>
/// <param name="Starters">Those of the files that the reply did not write.</param>
internal sealed record VizhubOutput(
    VizhubRecord Record,
    string? Failure,
    IReadOnlyDictionary<string, byte[]> Files,
    IReadOnlyList<string> Starters
)
{
    private const int LongestReply = 16 * 1024 * 1024;

    public OutputKey Key => Record.Key;

    public bool? Passed => Record.Passed;

    public OutputId? Id { get; } =
        Files.Count == 0 ? null : OutputId.Parse(Fingerprint.Of(Files.Select(f => (f.Key, Fingerprint.Sha256(f.Value)))));

    public static VizhubOutput Of(VizhubRecord record, VizhubFolder folder)
    {
        if (record.Reply is null)
            return Failed(record, "no reply was recorded");
        var unreadable = new ProblemList("");
        if (Utf8Text.Decode(record.Reply, unreadable, LongestReply) is not { } text)
            return Failed(record, $"The reply is not text. {unreadable.Problems[0].What}");
        // Nothing is protected there, and nothing is known of how a reply ended.
        var kind = folder.Challenges[record.Key.Challenge].Kind;
        var reply = ReplyFiles.Parse(text, new(kind == ChallengeKind.Visualization ? ["index.html"] : [], []));
        if (reply.Failure is { } failure)
            return Failed(record, failure);

        var files = reply.Files.ToDictionary(f => f.Path, f => Encoding.UTF8.GetBytes(f.Content), StringComparer.Ordinal);
        var starters = new List<string>();
        // The page loads data.csv from its own folder; vizhub's runner put it there before it wrote the reply's files.
        if (
            folder.Challenges[record.Key.Challenge].Data is { } data
            && !reply.Files.Any(f => Takes(f.Path, VizhubChallenge.DataName))
        )
        {
            files.Add(VizhubChallenge.DataName, data);
            starters.Add(VizhubChallenge.DataName);
        }
        return new(record, null, files, starters);
    }

    private static VizhubOutput Failed(VizhubRecord record, string reason) =>
        new(record, reason, new Dictionary<string, byte[]>(), []);

    private static bool Takes(string path, string name) =>
        path.Equals(name, StringComparison.OrdinalIgnoreCase) || path.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase);
}
