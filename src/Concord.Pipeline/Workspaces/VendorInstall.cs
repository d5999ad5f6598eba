using System.ComponentModel;
using System.Diagnostics;

namespace Concord.Pipeline.Workspaces;

/// <summary>Has npm install what <c>benchmarks/vendor/package-lock.json</c> lists, where that is not done yet.</summary>
public static class VendorInstall
{
    // Which lock file was installed: written last, so that an interruption leaves none.
    private const string Mark = "node_modules/.concord-lock";

    /// <summary>Makes sure of the libraries.</summary>
    /// <param name="root">The workspace.</param>
    /// <param name="progress">Takes a line before npm is started.</param>
    /// <param name="cancellation">Stops npm.</param>
    /// <returns>Null where they are there, or none are asked for; else why not, in one sentence.</returns>
    public static async Task<string?> EnsureAsync(string root, Action<string> progress, CancellationToken cancellation)
    {
        if (VendorFolder.LockDigest(root) is not { } digest)
            return File.Exists(Path.Combine(root, VendorFolder.Folder, "package.json"))
                ? $"{VendorFolder.Folder} has a package.json and no package-lock.json: run 'npm install --prefix {VendorFolder.Folder}'."
                : null;
        if (IsInstalled(root, digest))
            return null;
        progress($"Installing the libraries of {VendorFolder.Folder} (npm ci) …");
        var folder = Path.Combine(root, VendorFolder.Folder);
        var start = new ProcessStartInfo(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            npm.StandardInput.Close();
            var output = npm.StandardOutput.ReadToEndAsync(cancellation);
            var error = npm.StandardError.ReadToEndAsync(cancellation);
            try
            {
                await npm.WaitForExitAsync(cancellation);
            }
            finally
            {
                if (!npm.HasExited)
                    npm.Kill(entireProcessTree: true);
            }
            await output;
            var last = (await error)
                .Split('\n')
                .LastOrDefault(l =>
                    l.Contains("error", StringComparison.OrdinalIgnoreCase)
                    && !l.Contains("log of this run", StringComparison.Ordinal)
                );
            if (npm.ExitCode != 0)
                return $"npm could not install the libraries of {VendorFolder.Folder} ({last?.Trim() ?? "no reason given"}).";
            await File.WriteAllTextAsync(Path.Combine(folder, Mark), digest, cancellation);
            return null;
        }
        catch (Win32Exception)
        {
            return "npm is missing, so pages have no libraries: install Node 20 or newer, which brings it.";
        }
    }

    /// <summary>Whether what is installed is what the lock file lists.</summary>
    public static bool IsInstalled(string root, string digest)
    {
        var mark = Path.Combine(root, VendorFolder.Folder, Mark);
        return File.Exists(mark) && File.ReadAllText(mark) == digest;
    }
}
