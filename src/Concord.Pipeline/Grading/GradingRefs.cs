using System.Text.RegularExpressions;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Grading;

/// <summary>A branch, here or fetched, and the commit it is at.</summary>
internal readonly record struct GradingRef(string Name, string Commit);

/// <summary>The default branch and all grading branches, as this clone has them: nothing is fetched.</summary>
/// <param name="Default">The branch that sessions begin from; null where there is no commit.</param>
/// <param name="Branches">Every <c>grading/…</c>, own and fetched.</param>
internal sealed partial record GradingRefs(GradingRef? Default, IReadOnlyList<GradingRef> Branches)
{
    public const string Heads = "refs/heads/";
    public const string OwnPrefix = Heads + SessionId.BranchFolder;

    /// <summary>The default branch first, then the others.</summary>
    public IEnumerable<GradingRef> All => Default is { } start ? [start, .. Branches] : Branches;

    /// <summary>The grading branches of this clone.</summary>
    public IEnumerable<GradingRef> Own => Branches.Where(b => b.Name.StartsWith(OwnPrefix, StringComparison.Ordinal));

    /// <summary>A branch of this clone.</summary>
    public GradingRef? Local(string branch) => Find(Heads + branch);

    /// <summary>A fetched branch of that name, of any remote.</summary>
    public GradingRef? Fetched(string branch) =>
        Branches
            .Where(b =>
                !b.Name.StartsWith(Heads, StringComparison.Ordinal) && b.Name.EndsWith("/" + branch, StringComparison.Ordinal)
            )
            .Select(b => (GradingRef?)b)
            .FirstOrDefault();

    public static async Task<GradingRefs> ReadAsync(GitRepository repository, BlobReader blobs, CancellationToken cancellation)
    {
        var naming = repository.Git.TryRunAsync(["config", "init.defaultBranch"], cancellation);
        var listing = repository.Git.RunAsync(
            [
                "for-each-ref",
                "--format=%(objectname) %(refname)",
                $"{Heads}{SessionId.BranchFolder}*",
                $"refs/remotes/*/{SessionId.BranchFolder}*",
            ],
            cancellation
        );
        var named = (await naming).Text.Trim();
        string[] candidates =
        [
            "refs/remotes/origin/HEAD",
            .. named.Length > 0 ? [Heads + named] : Array.Empty<string>(),
            Heads + "main",
            Heads + "master",
            "HEAD",
        ];
        var starts = new List<GradingRef>();
        foreach (var candidate in candidates.Distinct(StringComparer.Ordinal))
            if (blobs.Id(candidate + "^{commit}") is { } commit)
                starts.Add(new(candidate, commit));
        var refs = (await listing)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ', 2))
            .Select(l => new GradingRef(l[1], l[0]))
            .DistinctBy(r => r.Name)
            .ToArray();
        // A default branch from before there was a workspace is no place to begin.
        var start = starts.Find(s =>
            blobs.Files($"{s.Commit}:{repository.Prefix}benchmarks").Any(f => f.Name == "benchmark.yaml")
        );
        return new(
            start.Commit is not null ? start
                : starts.Count > 0 ? starts[0]
                : null,
            [.. refs.Where(r => IsGrading().IsMatch(r.Name))]
        );
    }

    /// <summary>The grade files at a branch's tip.</summary>
    public static IEnumerable<(string Name, string Blob)> Files(GradingRef at, GitRepository repository, BlobReader blobs) =>
        blobs.Files($"{at.Commit}:{repository.Prefix}grades");

    private GradingRef? Find(string name) => Branches.Where(b => b.Name == name).Select(b => (GradingRef?)b).FirstOrDefault();

    [GeneratedRegex(@"\Arefs/(heads|remotes/[^/]+)/grading/[^/]+\z")]
    private static partial Regex IsGrading();
}
