using System.ComponentModel;
using System.Diagnostics;
using Concord.Pipeline.Processes;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>Has npm install what <c>benchmarks/vendor/package-lock.json</c> lists, where that is not done yet.</summary>
public static class VendorInstall
{
    // Which lock file was installed: written last, so that an interruption leaves none.
    private const string Mark = "node_modules/.concord-lock";

    private const string Missing =
        "npm is missing, so pages have no libraries: install Node 20.19 or 22.12 or newer, which brings it.";

    // Beside what runs put aside: a run removes there what an interruption left.
    private const string Making = "benchmarks/.cache/new";

    /// <summary>Makes sure of the libraries.</summary>
    /// <param name="root">The workspace.</param>
    /// <param name="progress">Takes a line before npm is started.</param>
    /// <param name="cancellation">Stops npm.</param>
    /// <returns>Null where they are there, or none are asked for; else why not, in one sentence.</returns>
    public static async Task<string?> EnsureAsync(string root, Action<string> progress, CancellationToken cancellation)
    {
        if (Link(root) is { } link)
            return $"{link} leads through a link, which may lead out of the workspace.";
        if (VendorFolder.LockDigest(root) is not { } digest)
            return File.Exists(Path.Combine(root, VendorFolder.Folder, "package.json"))
                ? $"{VendorFolder.Folder} has a package.json and no package-lock.json: run 'npm install --prefix {VendorFolder.Folder}'."
                : null;
        if (IsInstalled(root, digest))
            return null;
        var folder = Path.Combine(root, VendorFolder.Folder);
        if (Given.FirstOrDefault(f => !RegularFile.Is(Path.Combine(folder, f))) is { } missing)
            return $"{VendorFolder.Folder} has no {missing}.";
        byte[][] given = [.. Given.Select(f => File.ReadAllBytes(Path.Combine(folder, f)))];
        if (VendorLock.Mistake(given[0], given[1]) is { } mistake)
            return $"npm was not started for {VendorFolder.Folder}. {mistake}";
        progress($"Installing the libraries of {VendorFolder.Folder} (npm ci) …");
        // In a folder of its own, with nothing but these two files: an .npmrc beside them could send secrets of the environment
        // to a registry of its own, or name a program to run.
        var made = Path.Combine(root, Making, $"{AtomicFile.TemporaryPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(made);
            for (var i = 0; i < given.Length; i++)
                await File.WriteAllBytesAsync(Path.Combine(made, Given[i]), given[i], cancellation);
            if (await InstallAsync(made, cancellation) is { } problem)
                return problem;
            Directory.CreateDirectory(Path.Combine(made, "node_modules"));
            await File.WriteAllTextAsync(Path.Combine(made, Mark), digest, cancellation);
            var modules = Path.Combine(folder, "node_modules");
            if (Directory.Exists(modules))
                Directory.Delete(modules, recursive: true);
            Directory.Move(Path.Combine(made, "node_modules"), modules);
            return null;
        }
        finally
        {
            if (Directory.Exists(made))
                Directory.Delete(made, recursive: true);
        }
    }

    private static readonly string[] Given = ["package.json", "package-lock.json"];

    private static string? Link(string root)
    {
        using var tree = new WorkTree(root);
        return Given
            .Append("node_modules")
            .Select(f => $"{VendorFolder.Folder}/{f}")
            .Append(Making)
            .FirstOrDefault(tree.LeadsThroughLink);
    }

    private static async Task<string?> InstallAsync(string folder, CancellationToken cancellation)
    {
        // By its whole path: a name alone would be looked for in the current folder first.
        if ((OperatingSystem.IsWindows() ? "npm.cmd" : ProgramPath.Find("npm")) is not { } program)
            return Missing;
        var start = new ProcessStartInfo(
            program,
            ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder]
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
            return null;
        }
        catch (Win32Exception)
        {
            return Missing;
        }
    }

    /// <summary>Whether what is installed is what the lock file lists.</summary>
    public static bool IsInstalled(string root, string digest)
    {
        var mark = Path.Combine(root, VendorFolder.Folder, Mark);
        return File.Exists(mark) && File.ReadAllText(mark) == digest;
    }
}
