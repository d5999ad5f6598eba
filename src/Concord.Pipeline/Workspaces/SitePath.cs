namespace Concord.Pipeline.Workspaces;

/// <summary>Paths that a page asks for.</summary>
internal static class SitePath
{
    /// <summary>Whether a decoded path stays below its folder on every system: on Windows <c>\\</c> is a separator and <c>C:</c> a drive.</summary>
    public static bool IsBelow(string path) =>
        path.Split('/').All(s => s is not ("" or "." or ".."))
        && !path.AsSpan().ContainsAny('\0', '\\')
        && !(OperatingSystem.IsWindows() && path.Contains(':', StringComparison.Ordinal));
}
