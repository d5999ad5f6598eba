namespace Concord.Pipeline.Processes;

/// <summary>Where programs lie.</summary>
internal static class ProgramPath
{
    /// <summary>A program's path; null where it is not on the PATH.</summary>
    /// <param name="program">A bare name, without an ending.</param>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);
}
