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
        RefuseKept(full, path, workspace);
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

    /// <summary>The full path of a folder to write into, which need not exist.</summary>
    /// <exception cref="ConcordException">It lies in a folder that the workspace keeps, or leads there, is a file, or has no name.</exception>
    public static string OfFolder(string path, string folder, string workspace)
    {
        if (path.Length == 0)
            throw new ConcordException("cannot-write", "The folder has no name.", "Name a folder; . is this one.", path);
        var full = Path.GetFullPath(path, folder);
        RefuseKept(full, path, workspace);
        if (Directory.Exists(full) && Directory.ResolveLinkTarget(full, returnFinalTarget: true) is { } target)
            RefuseKept(target.FullName, path, workspace);
        if (File.Exists(full))
            throw new ConcordException("cannot-write", "This is a file.", "Name a folder.", path);
        return full;
    }

    private static void RefuseKept(string full, string path, string workspace)
    {
        foreach (var inside in new[] { Path.GetRelativePath(workspace, full), Path.GetRelativePath(Real(workspace), Real(full)) })
            if (
                Kept.FirstOrDefault(k =>
                    inside == k || inside.Replace('\\', '/').StartsWith(k + "/", StringComparison.OrdinalIgnoreCase)
                ) is
                { } kept
            )
                throw new ConcordException(
                    "cannot-write",
                    $"{kept}/ belongs to the workspace and is not written to here.",
                    "Name another place.",
                    path
                );
    }

    /// <summary>Where a path lies when every link on the way is followed.</summary>
    private static string Real(string full)
    {
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (Directory.Exists(real) && Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target)
                real = target.FullName;
        }
        return real;
    }
}
