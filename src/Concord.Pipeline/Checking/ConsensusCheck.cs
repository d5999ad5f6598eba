using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>Whether <c>consensus/</c> is what the aggregator writes.</summary>
public static class ConsensusCheck
{
    /// <summary>The rule of a consensus of earlier inputs.</summary>
    public const string Behind = "consensus-behind";

    private const string Report = "consensus/REPORT.md";

    internal static IEnumerable<Problem> Run(FileTree tree, Workspace workspace)
    {
        var entries = tree.List(ConsensusFiles.Folder);
        foreach (var leftover in entries.Where(IsLeftover))
            yield return new(
                Severity.Error,
                "interrupted-write",
                leftover.Path,
                null,
                null,
                "A write of consensus/ was interrupted and left this file.",
                "Run 'concord consensus --write', which finishes it."
            );
        var tables = ConsensusTables.Of(workspace);
        var files = ConsensusFiles.Render(tables, workspace.Benchmark);
        string[] known =
        [
            .. files.Select(f => f.Path),
            $"{ConsensusFiles.Folder}/README.md",
            $"{ConsensusFiles.Folder}/.gitkeep",
        ];
        foreach (var other in entries.Where(e => !IsLeftover(e) && (e.Kind != EntryKind.File || !known.Contains(e.Path))))
            yield return new(
                Severity.Error,
                "unexpected-file",
                other.Path,
                null,
                null,
                "The aggregator writes nothing of this name and kind.",
                "Remove it; consensus/ holds what 'concord consensus --write' makes, and README.md."
            );
        var found = files.ToDictionary(f => f.Path, f => tree.Read(f.Path), StringComparer.Ordinal);
        if (found.Values.All(bytes => bytes is null))
        {
            yield return new(
                Severity.Notice,
                "no-consensus",
                ConsensusFiles.Folder,
                null,
                null,
                "No consensus has been written yet.",
                "Run 'concord consensus --write'."
            );
            yield break;
        }
        string[] differing = [.. files.Where(f => !found[f.Path].AsSpan().SequenceEqual(f.Bytes)).Select(f => f.Path)];
        if (differing.Length == 0)
            yield break;
        // The report names its inputs, and is the first file that a write replaces.
        if (InputsOf(found[Report]) is { } inputs && inputs != tables.InputsDigest)
        {
            yield return new(
                Severity.Warning,
                Behind,
                ConsensusFiles.Folder,
                null,
                null,
                "The consensus was made from other inputs than the workspace has now.",
                "Run 'concord consensus --write'; where CI publishes, it does so after a merge."
            );
            yield break;
        }
        foreach (var path in differing)
            yield return Edited(path);
    }

    /// <summary>The inputs' digest that the report names; null where it names none, which the aggregator never writes.</summary>
    private static string? InputsOf(byte[]? report)
    {
        const string Label = "Inputs: sha256 ";
        if (report is null)
            return null;
        var lines = System.Text.Encoding.UTF8.GetString(report).Split('\n');
        return lines is [.., var last, ""] && last.StartsWith(Label, StringComparison.Ordinal) ? last[Label.Length..] : null;
    }

    /// <summary>
    /// Where the consensus is only behind: whether it is what the aggregator wrote when it was last committed. Otherwise
    /// an edit by hand would hide behind newer grades.
    /// </summary>
    /// <param name="tree">The files to check.</param>
    /// <param name="origin">The files of the last commit that changed <c>consensus/</c>.</param>
    internal static IEnumerable<Problem> SinceItsCommit(FileTree tree, FileTree origin)
    {
        if (WorkspaceReader.Read(origin) is not { Errors.Count: 0, Workspace: { } workspace })
            yield break;
        var tables = ConsensusTables.Of(workspace);
        // Another version of Concord wrote it, or other inputs: then nothing can be told.
        if (InputsOf(tree.Read(Report)) != tables.InputsDigest)
            yield break;
        foreach (var (path, bytes) in ConsensusFiles.Render(tables, workspace.Benchmark))
            if (!tree.Read(path).AsSpan().SequenceEqual(bytes))
                yield return Edited(path);
    }

    private static Problem Edited(string path) =>
        new(
            Severity.Error,
            "consensus-edited",
            path,
            null,
            null,
            "The file is not what the aggregator writes: it was edited by hand, or a write was interrupted.",
            "Never edit consensus/; run 'concord consensus --write'."
        );

    private static bool IsLeftover(TreeEntry entry) =>
        entry.Path.StartsWith($"{ConsensusFiles.Folder}/{AtomicFile.TemporaryPrefix}", StringComparison.Ordinal);
}
