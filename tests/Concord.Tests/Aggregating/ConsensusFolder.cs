using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Aggregating;

/// <summary>A workspace whose grades change, with the bytes that its consensus has and should have.</summary>
internal static class ConsensusFolder
{
    /// <summary>The program under a limit on the size of files; W^X would reserve a file larger than the limit.</summary>
    public static readonly (string, string)[] Small = [("DOTNET_EnableWriteXorExecute", "0"), ("DOTNET_EnableDiagnostics", "0")];

    public static TestRepository Create()
    {
        var repository = TestWorkspace.Create(commit: false);
        Grade(repository, 0);
        repository.Commit();
        return repository;
    }

    /// <summary>Grades so that every file of consensus/ but automatic.csv changes.</summary>
    public static void Grade(TestRepository repository, int variant)
    {
        foreach (var (grader, shift) in new[] { ("ada", 0), ("ben", 1) })
            repository.Write(
                $"grades/{grader}-2026-11-02.csv",
                TestWorkspace.Header
                    + TestWorkspace.Row("lab/one", $"{(variant + shift) % 6},{variant % 4}")
                    + TestWorkspace.Row("lab/two", $"{(variant + (3 * shift)) % 6},{(variant + 1) % 5}")
            );
    }

    public static Dictionary<string, byte[]> Expected(TestRepository repository)
    {
        using var tree = new WorkTree(repository.Path);
        var workspace = WorkspaceReader.Read(tree).OrThrow();
        return ConsensusFiles.Render(ConsensusTables.Of(workspace), workspace.Benchmark).ToDictionary(f => f.Path, f => f.Bytes);
    }

    public static Dictionary<string, byte[]> Actual(TestRepository repository) =>
        Directory
            .EnumerateFiles(repository["consensus"])
            .Where(f => !IsLeftover(f))
            .ToDictionary(f => $"consensus/{Path.GetFileName(f)}", File.ReadAllBytes);

    public static string[] Leftovers(TestRepository repository) =>
        Directory.Exists(repository["consensus"]) ? [.. Directory.EnumerateFiles(repository["consensus"]).Where(IsLeftover)] : [];

    public static bool Same(Dictionary<string, byte[]> a, Dictionary<string, byte[]> b) =>
        a.Count == b.Count && a.All(f => b.TryGetValue(f.Key, out var bytes) && f.Value.AsSpan().SequenceEqual(bytes));

    private static bool IsLeftover(string path) =>
        Path.GetFileName(path).StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal);
}
