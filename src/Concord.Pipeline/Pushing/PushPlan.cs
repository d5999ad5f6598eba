using System.Text.RegularExpressions;
using Concord.Pipeline.Hub;

namespace Concord.Pipeline.Pushing;

/// <summary>What a commit's files lack to be those of the folder.</summary>
/// <param name="Changed">New, or other than they are there.</param>
/// <param name="Removed">Parts of splits that the folder has in other parts: readers would take both.</param>
internal sealed partial record PushPlan(IReadOnlyList<LocalFile> Changed, IReadOnlyList<string> Removed)
{
    public bool IsEmpty => Changed.Count == 0 && Removed.Count == 0;

    /// <summary>Compares by contents: git's ids of regular files, SHA-256 of large ones.</summary>
    public static PushPlan Of(IReadOnlyList<LocalFile> files, IReadOnlyDictionary<string, HostedFile> there)
    {
        var paths = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        var splits = paths.Select(SplitOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new(
            [.. files.Where(f => !there.TryGetValue(f.Path, out var hosted) || !hosted.Is(f))],
            [
                .. there
                    .Keys.Where(p => !paths.Contains(p) && SplitOf(p) is { } split && splits.Contains(split))
                    .Order(StringComparer.Ordinal),
            ]
        );
    }

    private static string? SplitOf(string path) => Shard().Match(path) is { Success: true } match ? match.Groups[1].Value : null;

    // As the Hub names parts: data/train-00000-of-00003.parquet.
    [GeneratedRegex(@"^(.*)-[0-9]{5}-of-[0-9]{5}\.(?:parquet|jsonl|jsonl\.gz)\z", RegexOptions.Singleline)]
    private static partial Regex Shard();
}
