namespace Concord.Core.Domain.Replies;

/// <summary>Which files a challenge asks for, and which a reply must leave alone.</summary>
/// <param name="Expected">Paths that a reply is expected to write, such as <c>index.html</c>; empty where nothing is known.</param>
/// <param name="Protected">Paths of files and folders, such as <c>data.csv</c> and <c>tests/</c>; letter case does not matter.</param>
public sealed record ChallengeFiles(IReadOnlyList<string> Expected, IReadOnlyList<string> Protected)
{
    /// <summary>Nothing is known of the challenge.</summary>
    public static ChallengeFiles None { get; } = new([], []);

    /// <summary>What a challenge asks for: a page <c>index.html</c>, or starter files of code to be replaced.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="starters">The paths of its starter files.</param>
    public static ChallengeFiles Of(Challenge challenge, IEnumerable<string> starters)
    {
        var files = new ChallengeFiles([], challenge.ProtectedFiles);
        IEnumerable<string> expected = challenge.Kind == ChallengeKind.Visualization ? ["index.html"] : starters;
        return files with { Expected = [.. expected.Where(e => !files.Protects(e)).Order(StringComparer.Ordinal)] };
    }

    // They tell git which files of a workspace to leave out, and to change others when it reads and writes them.
    private static readonly string[] OfGit = [".gitattributes", ".gitignore", ".gitmodules"];

    /// <summary>Whether a path is protected, or lies in a folder that is. Files that git obeys always are.</summary>
    /// <param name="path">The path below <c>files/</c>.</param>
    public bool Protects(string path) =>
        OfGit.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase)
        || Protected
            .Select(p => p.TrimEnd('/'))
            .Any(p =>
                path.StartsWith(p, StringComparison.OrdinalIgnoreCase) && (path.Length == p.Length || path[p.Length] == '/')
            );
}
