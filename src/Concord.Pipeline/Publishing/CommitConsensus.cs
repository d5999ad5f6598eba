using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Publishing;

/// <summary>The consensus that the grades of a commit make, whatever the commit has in <c>consensus/</c>.</summary>
/// <param name="Benchmark">The benchmark there.</param>
/// <param name="Files">What the aggregator writes: paths in the workspace with their bytes.</param>
/// <param name="Behind">Those of them that the commit has otherwise or not at all; none where there is nothing to tell yet.</param>
/// <param name="Grades">How many grades are counted.</param>
/// <param name="Graders">By how many people.</param>
internal sealed record CommitConsensus(
    Benchmark Benchmark,
    IReadOnlyList<(string Path, byte[] Bytes)> Files,
    IReadOnlyList<(string Path, byte[] Bytes)> Behind,
    int Grades,
    int Graders
)
{
    /// <summary>Counts.</summary>
    /// <param name="repository">The workspace's repository.</param>
    /// <param name="tree">The workspace's files at the commit.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">The workspace is in error.</exception>
    public static CommitConsensus Of(GitRepository repository, FileTree tree, CancellationToken cancellation)
    {
        var workspace = WorkspaceReader.Read(tree, new(repository.CommonFolder)).OrThrow();
        // Cold, as 'consensus --write' does: what is published must not depend on what was computed here before.
        var tables = ConsensusTables.Of(workspace);
        cancellation.ThrowIfCancellationRequested();
        var files = ConsensusFiles.Render(tables, workspace.Benchmark);
        // Of no grades there is nothing to tell, unless something was told of some that are gone.
        var isDue = tables.Ballot.Counted > 0 || files.Any(f => tree.Read(f.Path) is not null);
        return new(
            workspace.Benchmark,
            files,
            [.. files.Where(f => isDue && (tree.Read(f.Path) is not { } old || !old.AsSpan().SequenceEqual(f.Bytes)))],
            tables.Ballot.Counted,
            tables.Ballot.People
        );
    }
}
