using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using LibGit2Sharp;

namespace Concord.Pipeline.Git;

/// <summary>
/// Finds a libgit2 for LibGit2Sharp where the package's own native library is not there: Debian's 1.5 to 1.7. Newer ones
/// have other struct layouts and crash the process.
/// </summary>
internal static class NativeGit
{
    private static readonly string[] Candidates = ["libgit2.so.1.7", "libgit2.so.1.6", "libgit2.so.1.5"];

    private static readonly Lazy<string?> Loaded = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Whether LibGit2Sharp can be used; null says yes, else why not.</summary>
    public static string? WhyNot => Loaded.Value;

    /// <summary>The version of the library in use; null where there is none.</summary>
    public static string? Version { get; private set; }

    private static string? Load()
    {
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
        try
        {
            var features = GlobalSettings.Version.InformationalVersion;
            Version ??= features;
            UseOwnProgramDataConfig();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            return "libgit2 1.5 to 1.7 was not found";
        }
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (!name.StartsWith("git2-", StringComparison.Ordinal))
            return 0;
        foreach (var candidate in Candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out var library))
                continue;
            if (VersionOf(library) is { Major: 1, Minor: >= 5 and <= 7 } version)
            {
                Version = $"{version.Major}.{version.Minor}.{version.Build}";
                return library;
            }
            NativeLibrary.Free(library);
        }
        return 0;
    }

    private static System.Version? VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "git_libgit2_version", out var export))
            return null;
        Marshal.GetDelegateForFunctionPointer<LibraryVersion>(export)(out var major, out var minor, out var revision);
        return new(major, minor, revision);
    }

    // libgit2 1.5 fails on any configuration access where the system-wide ProgramData file is missing.
    private static void UseOwnProgramDataConfig()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"concord-git-{Environment.UserName}");
        try
        {
            Directory.CreateDirectory(folder);
            var config = Path.Combine(folder, "config");
            if (!File.Exists(config))
                File.WriteAllText(config, "");
            GlobalSettings.SetConfigSearchPaths(ConfigurationLevel.ProgramData, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading trees and blobs needs no configuration.
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LibraryVersion(out int major, out int minor, out int revision);
}
