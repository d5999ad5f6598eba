using Concord.Pipeline.Processes;

namespace Concord.Pipeline.Sandbox;

/// <summary>What programs need to run beside themselves.</summary>
internal static class Programs
{
    private static readonly string[] System = ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"];

    /// <summary>What there is to be seen of a program's installation outside the system's folders, such as a version manager's; nothing where the system has it.</summary>
    /// <param name="program">A bare name.</param>
    public static IReadOnlyList<string> Installation(string program)
    {
        if (
            ProgramPath.Find(program) is not { } found
            || File.Exists(Path.Combine("/usr/bin", program))
            || File.Exists(Path.Combine("/usr/local/bin", program))
        )
            return [];
        var real = new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;
        return System.Any(s => real.StartsWith(s, StringComparison.Ordinal))
            ? []
            : Installation(real, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
    }

    /// <summary>What there is to be seen of the installation of a program at a path, for somebody with a home folder.</summary>
    internal static IReadOnlyList<string> Installation(string real, string home)
    {
        var folder = Path.GetDirectoryName(real)!;
        var hasBin = Path.GetFileName(folder) == "bin";
        var installation = hasBin ? Path.GetDirectoryName(folder)! : folder;
        // The whole home folder, or more, is no installation.
        if ((home + "/").StartsWith(installation.TrimEnd('/') + "/", StringComparison.Ordinal))
            return [];
        // Directly below it credentials lie beside programs: in ~/.local/share, in ~/.cargo.
        if (Path.GetDirectoryName(installation) != home)
            return [installation];
        var library = Path.Combine(installation, "lib");
        return !hasBin ? [real]
            : Directory.Exists(library) ? [folder, library]
            : [folder];
    }
}
