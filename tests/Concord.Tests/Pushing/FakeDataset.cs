using System.Security.Cryptography;
using System.Text;
using Concord.Pipeline.Trees;

namespace Concord.Tests.Pushing;

/// <summary>A file of a commit: its bytes, or the name of those that the store has.</summary>
internal sealed record FakeFile(byte[]? Bytes, string? LargeOid, long Size)
{
    public string Oid =>
        BlobId.Of(
            Bytes ?? Encoding.UTF8.GetBytes($"version https://git-lfs.github.com/spec/v1\noid sha256:{LargeOid}\nsize {Size}\n")
        );

    public static FakeFile Of(string text) => new(Encoding.UTF8.GetBytes(text), null, Encoding.UTF8.GetByteCount(text));
}

internal sealed record FakeCommit(string Id, string? Parent, string Title, IReadOnlyDictionary<string, FakeFile> Files);

internal sealed record FakePull(int Number, string Title, FakeCommit Commit);

/// <summary>A dataset as the Hub keeps one.</summary>
internal sealed class FakeDataset(string name)
{
    private static int _ids;

    public string Name => name;

    public bool? IsPrivate { get; set; } = false;

    /// <summary>Whether the token sees it.</summary>
    public bool IsShown { get; set; } = true;

    public Dictionary<string, FakeCommit> Commits { get; } = [];

    public Dictionary<string, string> Branches { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public List<FakePull> Pulls { get; } = [];

    public FakeCommit Main => Commits[Branches["main"]];

    public int Made { get; private set; }

    /// <summary>As it is made: with one file, of the Hub's.</summary>
    public static FakeDataset New(string name)
    {
        var made = new FakeDataset(name);
        made.Add(
            "main",
            "initial commit",
            new Dictionary<string, FakeFile> { [".gitattributes"] = FakeFile.Of("*.parquet lfs\n") }
        );
        return made;
    }

    public FakeCommit? At(string revision)
    {
        if (revision.StartsWith("refs/pr/", StringComparison.Ordinal))
            return Pulls.FirstOrDefault(p => $"refs/pr/{p.Number}" == revision)?.Commit;
        return Commits.GetValueOrDefault(Branches.GetValueOrDefault(revision, revision));
    }

    public FakeCommit Make(string? parent, string title, IReadOnlyDictionary<string, FakeFile> files)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(Interlocked.Increment(ref _ids))))[..40];
        Made++;
        return Commits[id] = new(id, parent, title, files);
    }

    public FakeCommit Add(string branch, string title, IReadOnlyDictionary<string, FakeFile> files)
    {
        var commit = Make(Branches.GetValueOrDefault(branch), title, files);
        Branches[branch] = commit.Id;
        return commit;
    }

    /// <summary>Somebody else commits.</summary>
    public FakeCommit Edit(string path, string text) =>
        Add("main", "by hand", new Dictionary<string, FakeFile>(Main.Files) { [path] = FakeFile.Of(text) });
}
