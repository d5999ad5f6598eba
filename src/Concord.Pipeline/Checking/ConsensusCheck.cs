using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>Whether <c>consensus/</c> is what the aggregator writes.</summary>
internal static class ConsensusCheck
{
    private const string Report = "consensus/REPORT.md";

    public static IEnumerable<Problem> Run(FileTree tree, Workspace workspace)
    {
        foreach (var leftover in tree.List(ConsensusFiles.Folder).Where(IsLeftover))
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
        if (files.All(f => tree.Read(f.Path) is null))
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
        var same = files
            .Where(f => tree.Read(f.Path).AsSpan().SequenceEqual(f.Bytes))
            .Select(f => f.Path)
            .ToHashSet(StringComparer.Ordinal);
        if (same.Count == files.Count)
            yield break;
        // The report names its inputs, and is the first file that a write replaces.
        if (
            tree.Read(Report) is { } report
            && !report.AsSpan().EndsWith(System.Text.Encoding.ASCII.GetBytes($"{tables.InputsDigest}\n"))
        )
        {
            yield return new(
                Severity.Warning,
                "consensus-behind",
                ConsensusFiles.Folder,
                null,
                null,
                "The consensus was made from other inputs than the workspace has now.",
                "CI writes it after a merge; to see it now, run 'concord consensus --write'."
            );
            yield break;
        }
        foreach (var (path, _) in files.Where(f => !same.Contains(f.Path)))
            yield return new(
                Severity.Error,
                "consensus-edited",
                path,
                null,
                null,
                "The file is not what the aggregator writes: it was edited by hand, or a write was interrupted.",
                "Never edit consensus/; run 'concord consensus --write'."
            );
    }

    private static bool IsLeftover(TreeEntry entry) =>
        entry.Path.StartsWith($"{ConsensusFiles.Folder}/{AtomicFile.TemporaryPrefix}", StringComparison.Ordinal);
}
