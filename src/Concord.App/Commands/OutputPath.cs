using Concord.Core.Domain;

namespace Concord.App.Commands;

/// <summary>Where a command may write what it was asked for: never over what the workspace keeps.</summary>
internal static class OutputPath
{
    private static readonly string[] Kept = ["benchmarks", "grades", "consensus", ".git"];

    /// <summary>The full path of a file to write.</summary>
    /// <exception cref="ConcordException">It lies in a folder that the workspace keeps, is a folder, or its folder is missing.</exception>
    public static string Of(string path, string folder, string workspace)
    {
        var full = Path.GetFullPath(path, folder);
        var inside = Path.GetRelativePath(workspace, full).Replace('\\', '/');
        if (Kept.FirstOrDefault(k => inside == k || inside.StartsWith(k + "/", StringComparison.OrdinalIgnoreCase)) is { } kept)
            throw new ConcordException(
                "cannot-write",
                $"{kept}/ belongs to the workspace and is not written to here.",
                "Name another file.",
                path
            );
        if (Directory.Exists(full))
            throw new ConcordException("cannot-write", "This is a folder.", "Name a file.", path);
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new ConcordException(
                "cannot-write",
                "The file's folder does not exist.",
                "Make it, or name another file.",
                path
            );
        return full;
    }
}
