using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Aggregating;

/// <summary>Writes <c>consensus/</c> as one set.</summary>
public static class ConsensusWriter
{
    /// <summary>
    /// Replaces every generated file. All new files are on disk before the first is renamed, and REPORT.md, which names
    /// the inputs, is renamed first: a set that an interruption left mixed is one whose files do not fit its report.
    /// </summary>
    /// <param name="root">The workspace.</param>
    /// <param name="tables">What to write.</param>
    /// <param name="benchmark">The rubric.</param>
    /// <returns>The paths whose contents changed.</returns>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static IReadOnlyList<string> Write(string root, ConsensusTables tables, Benchmark benchmark)
    {
        RemoveLeftovers(root);
        var files = ConsensusFiles.Render(tables, benchmark).Select(f => (Full: Path.Combine(root, f.Path), f.Path, f.Bytes));
        var changed = files
            .Where(f => !RegularFile.Is(f.Full) || !File.ReadAllBytes(f.Full).AsSpan().SequenceEqual(f.Bytes))
            .ToArray();
        AtomicFile.ReplaceAll([.. changed.Select(f => (f.Full, f.Bytes))]);
        return [.. changed.Select(f => f.Path)];
    }

    private static void RemoveLeftovers(string root)
    {
        var folder = Path.Combine(root, ConsensusFiles.Folder);
        if (new DirectoryInfo(folder).LinkTarget is not null)
            throw new ConcordException(
                "link",
                "consensus is a link, which may lead out of the workspace.",
                "Make it a folder, then run the command again.",
                ConsensusFiles.Folder
            );
        if (File.Exists(folder))
            throw new ConcordException(
                "cannot-write",
                "consensus is a file, not a folder.",
                "Move it away, then run the command again.",
                ConsensusFiles.Folder
            );
        try
        {
            if (Directory.Exists(folder))
                foreach (var leftover in Directory.EnumerateFiles(folder, AtomicFile.TemporaryPrefix + "*"))
                    // Another run's file goes with that run.
                    if (AtomicFile.IsLeftover(Path.GetFileName(leftover)))
                        File.Delete(leftover);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-write",
                $"The folder cannot be written: {e.Message}",
                "Give write permission.",
                ConsensusFiles.Folder
            );
        }
    }
}
