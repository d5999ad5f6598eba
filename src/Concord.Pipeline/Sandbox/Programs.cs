namespace Concord.Pipeline.Sandbox;

/// <summary>Where programs lie.</summary>
internal static class Programs
{
    private static readonly string[] System = ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"];

    /// <summary>A program's path; null where it is not on the PATH.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>The installation's folder of a program that lies outside the system's, such as one of a version manager's; null where the system has it.</summary>
    /// <param name="program">A bare name.</param>
    public static string? Installation(string program)
    {
        if (
            OnPath(program) is not { } found
            || File.Exists(Path.Combine("/usr/bin", program))
            || File.Exists(Path.Combine("/usr/local/bin", program))
        )
            return null;
        var real = new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;
        var folder = Path.GetDirectoryName(real)!;
        var installation = Path.GetFileName(folder) == "bin" ? Path.GetDirectoryName(folder)! : folder;
        // The whole home folder, or more, is no installation.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return
            System.Any(s => real.StartsWith(s, StringComparison.Ordinal))
            || (home + "/").StartsWith(installation.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? null
            : installation;
    }
}
