using Concord.Core.Domain;

namespace Concord.Pipeline.Workspaces;

/// <summary>Finds the workspace that a command works on.</summary>
public static class WorkspaceFolder
{
    public const string BenchmarkFile = "benchmarks/benchmark.yaml";

    /// <summary>The nearest folder upwards that holds <see cref="BenchmarkFile"/>.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="climb">Whether folders above count: not where the user named one.</param>
    /// <exception cref="ConcordException">There is none.</exception>
    public static string Find(string start, bool climb)
    {
        if (!Directory.Exists(start))
            throw new ConcordException("no-workspace", "The folder does not exist.", "Name a folder that does.", start);
        return TryFind(start, climb)
            ?? throw new ConcordException(
                "no-workspace",
                $"There is no {BenchmarkFile} here{(climb ? " or in a folder above" : "")}, so this is no workspace.",
                "Go to a workspace, name one with --repo DIR, or make one with 'concord init DIR'.",
                start
            );
    }

    /// <summary>The nearest folder upwards that holds <see cref="BenchmarkFile"/>; null where there is none.</summary>
    public static string? TryFind(string start, bool climb)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = climb ? folder.Parent : null)
            if (File.Exists(Path.Combine(folder.FullName, BenchmarkFile)))
                return folder.FullName;
        return null;
    }
}
