using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Runtime.InteropServices;
using Concord.Core.Domain;
using Concord.Pipeline.Processes;

namespace Concord.Pipeline.Sandbox;

/// <summary>
/// Runs commands under bubblewrap: without network, with the system's programs read-only, and a folder of their own in memory as the
/// only thing they can write to. Files go in through standard input; nothing of the host but programs is there to be seen.
/// </summary>
/// <param name="Program">The path of bwrap.</param>
/// <param name="Limits">Which limits hold, for people.</param>
public sealed record Bubblewrap(string Program, string Limits)
{
    private const string Nobody = "65534";
    private const string Folder = "/box";

    // The loader's cache, the names behind links such as /usr/bin/node, and certificates' and users' names stay out.
    private static readonly string[] Settings = ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"];
    private static readonly string[] Roots = ["/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin"];

    /// <summary>Looks for bubblewrap and tries it.</summary>
    /// <returns>The sandbox; or why there is none, as a sentence.</returns>
    public static async Task<(Bubblewrap? Sandbox, string? Why)> FindAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            return (null, "bubblewrap runs on Linux only.");
        if (ProgramPath.Find("bwrap") is not { } program)
            return (null, "bubblewrap (bwrap) is not installed.");
        if (ProgramPath.Find("prlimit") is null)
            return (null, "prlimit of util-linux is not installed.");
        var limits = SandboxLimits.Within(TimeSpan.FromSeconds(10));
        using var group = ControlGroup.Create(limits);
        var sandbox = new Bubblewrap(program, Described(group));
        var (result, _) = await sandbox.StartAsync([], "echo in the box", [], limits, cancellation);
        return result is { End: SandboxEnd.Exited, ExitCode: 0, Output: "in the box\n" }
            ? (sandbox, null)
            : (
                null,
                $"bubblewrap does not work here: {PlainText.Of(result.Error.Trim() is { Length: > 0 } said ? said : $"it ended with {result.ExitCode}")}."
            );
    }

    /// <summary>Runs a command of the shell in a folder that holds some files and is gone afterwards.</summary>
    /// <param name="files">Paths and contents of the folder's files.</param>
    /// <param name="command">What <c>/bin/sh</c> runs.</param>
    /// <param name="programs">Folders or files of programs that lie elsewhere than the system's; they can be read too.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <exception cref="ConcordException">The sandbox could not be set up.</exception>
    public async Task<SandboxResult> RunAsync(
        IEnumerable<(string Path, byte[] Bytes)> files,
        string command,
        IReadOnlyList<string> programs,
        SandboxLimits limits,
        CancellationToken cancellation
    )
    {
        var (result, started) = await StartAsync(files, command, programs, limits, cancellation);
        // What the sandbox could not do is no result of what should run in it.
        return started || result.End != SandboxEnd.Exited
            ? result
            : throw new ConcordException(
                "sandbox-failed",
                $"The sandbox could not be set up: {PlainText.Of(result.Error.Trim())}",
                programs.Count == 0
                    ? "Run 'concord doctor'; where bubblewrap cannot work, --unsafe-run runs without it."
                    : $"Install the program for the whole system: {string.Join(", ", programs)} may not be readable for the sandbox."
            );
    }

    private async Task<(SandboxResult Result, bool Started)> StartAsync(
        IEnumerable<(string Path, byte[] Bytes)> files,
        string command,
        IReadOnlyList<string> programs,
        SandboxLimits limits,
        CancellationToken cancellation
    )
    {
        var mark = $"started {Guid.NewGuid():N}";
        using var group = ControlGroup.Create(limits);
        using var filter = FilterFile();
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.Environment.Clear();
        // Each entrance is written by the shell that then becomes the sandbox, so that all of it is in the group.
        string[] arguments =
        [
            "-c",
            "if [ -n \"$1\" ]; then exec 9<\"$1\" && rm \"$1\" || exit 125; fi; shift; n=$1; shift; while [ \"$n\" -gt 0 ]; do echo $$ >\"$1\" || exit 125; shift; n=$((n-1)); done; exec \"$@\"",
            "sh",
            filter?.Name ?? "",
            group.Entrances.Count.ToString(CultureInfo.InvariantCulture),
            .. group.Entrances,
            .. AsNobody(),
            Program,
            .. Arguments(programs, limits),
            .. filter is null ? (string[])[] : ["--seccomp", "9"],
            "prlimit",
            // Root is exempt from the number of processes, and so are we until nobody: it is set inside, where it counts.
            $"--nproc={limits.Processes}",
            // Of one process; twice as much, so that whoever counts all of them is first and can name the reason.
            $"--data={limits.MemoryBytes * 2}",
            $"--fsize={limits.FolderBytes}",
            "--nofile=256",
            "--core=0",
            "--memlock=65536",
            string.Create(CultureInfo.InvariantCulture, $"--cpu={Math.Ceiling(limits.Time.TotalSeconds) * 4 + 1}"),
            "--",
            "/bin/sh",
            "-c",
            // tar leaves its input at the end; the command then has none.
            "tar -xf - && exec </dev/null && echo \"$2\" >&2 && exec /bin/sh -c \"$1\"",
            "sh",
            command,
            mark,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var result = await BoundedRun.RunAsync(start, Folder, Archive(files), limits, group.MemoryWasUp, cancellation);
        var at = result.Error.IndexOf(mark + "\n", StringComparison.Ordinal);
        return (at < 0 ? result : result with { Error = result.Error[(at + mark.Length + 1)..] }, at >= 0);
    }

    // Opened by the shell, for descriptors of ours are closed on its start; and removed by it, for we may be killed.
    private static FileStream? FilterFile()
    {
        if (OperatingSystem.IsWindows() || SystemCallFilter.Bytes(RuntimeInformation.OSArchitecture) is not { } bytes)
            return null;
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"concord-{Guid.NewGuid():N}.bpf"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        file.Write(bytes);
        file.Flush();
        return file;
    }

    private static string Described(ControlGroup group) =>
        (group.BoundsMemory, group.BoundsProcesses) switch
        {
            (true, true) => "memory and processes by control groups and prlimit",
            (true, false) => "memory by a control group, processes by prlimit",
            (false, true) => "processes by a control group, memory by prlimit and a watch",
            _ => "memory by prlimit and a watch, processes by prlimit",
        };

    // Root's processes are never too many for prlimit, and a hole in the sandbox would be root's.
    private static string[] AsNobody() =>
        Environment.IsPrivilegedProcess && ProgramPath.Find("setpriv") is { } program
            ? [program, $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs"]
            : [];

    private static List<string> Arguments(IReadOnlyList<string> programs, SandboxLimits limits)
    {
        var size = limits.FolderBytes.ToString(CultureInfo.InvariantCulture);
        List<string> all =
        [
            "--unshare-all",
            "--unshare-user",
            "--disable-userns",
            "--uid",
            "1000",
            "--gid",
            "1000",
            "--hostname",
            "box",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL",
            "--clearenv",
            "--ro-bind",
            "/usr",
            "/usr",
        ];
        foreach (var root in Roots)
            if (new DirectoryInfo(root) is { Exists: true } folder)
                all.AddRange(folder.LinkTarget is { } target ? ["--symlink", target, root] : ["--ro-bind", root, root]);
        foreach (var setting in Settings)
            all.AddRange(["--ro-bind-try", setting, setting]);
        foreach (var program in programs)
            all.AddRange(["--ro-bind", program, program]);
        all.AddRange(["--proc", "/proc", "--dev", "/dev", "--size", "1048576", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]);
        all.AddRange(
            ["--size", size, "--tmpfs", Folder, "--symlink", Folder[1..], "/tmp", "--remount-ro", "/", "--chdir", Folder]
        );
        var path = string.Join(':', (string[])["/usr/local/bin", "/usr/bin", "/bin", .. programs.SelectMany(Paths)]);
        foreach (
            var (name, value) in new[]
            {
                ("PATH", path),
                ("HOME", Folder),
                ("TMPDIR", Folder),
                ("LANG", "C.UTF-8"),
                ("TZ", "UTC"),
            }
        )
            all.AddRange(["--setenv", name, value]);
        return all;
    }

    private static string[] Paths(string program) =>
        File.Exists(program) ? [Path.GetDirectoryName(program)!] : [program + "/bin", program];

    private static byte[] Archive(IEnumerable<(string Path, byte[] Bytes)> files)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            foreach (var (path, bytes) in files)
            {
                using var data = new MemoryStream(bytes);
                writer.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, path)
                    {
                        DataStream = data,
                        ModificationTime = DateTimeOffset.UnixEpoch,
                        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                    }
                );
            }
        // No entry is written no archive; tar wants its end at least.
        return stream.Length > 0 ? stream.ToArray() : new byte[1024];
    }
}
