using System.Text;
using Concord.Core.Domain.Replies;

namespace Concord.Core.Domain.Runs;

/// <summary>The files of an output: the starter files, and over them what the reply says.</summary>
/// <param name="Files">By path below <c>files/</c>, sorted ordinally; empty where the reply failed.</param>
/// <param name="Failure">Why there are none: one sentence; null where there are.</param>
public sealed record AnswerFiles(IReadOnlyList<StarterFile> Files, string? Failure)
{
    /// <summary>Puts a reply over the starter files. Protected files stay as they are.</summary>
    /// <param name="starters">The starter files.</param>
    /// <param name="challenge">Which files are protected.</param>
    /// <param name="reply">The reply, taken apart.</param>
    public static AnswerFiles Of(IReadOnlyList<StarterFile> starters, ChallengeFiles challenge, Reply reply)
    {
        if (reply.Failure is { } failure)
            return new([], failure);
        // One name in two cases is one file on some systems, so the reply's replaces the starter's.
        var files = new Dictionary<string, StarterFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var starter in starters)
            files[starter.Path] = starter;
        var written = reply.Files.Where(f => !challenge.Protects(f.Path)).ToArray();
        if (written.Length == 0)
            return new(
                [],
                $"The reply writes nothing but protected files: {string.Join(", ", reply.Files.Select(f => f.Path))}."
            );
        foreach (var file in written)
            files[file.Path] = new(file.Path, Encoding.UTF8.GetBytes(file.Content));
        foreach (var path in files.Values.Select(f => f.Path))
            for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
                if (files.TryGetValue(path[..slash], out var outer))
                    return new([], $"The reply needs '{outer.Path}' both as a file and as the folder of '{path}'.");
        return new([.. files.Values.OrderBy(f => f.Path, StringComparer.Ordinal)], null);
    }
}
