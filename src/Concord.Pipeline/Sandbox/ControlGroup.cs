using System.Globalization;

namespace Concord.Pipeline.Sandbox;

/// <summary>
/// Control groups that bound memory and the number of processes of a command together, where the system has them and lets us
/// make some: as root mostly. Version 2 is one tree, version 1 one for each resource.
/// </summary>
internal sealed class ControlGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private const int SandboxItself = 4;
    private static int _made;

    private readonly List<string> _folders = [];

    /// <summary>The files to which a process writes its id in order to be bounded; empty where there are none.</summary>
    public IReadOnlyList<string> Entrances => [.. _folders.Select(f => Path.Combine(f, "cgroup.procs"))];

    /// <summary>Whether memory is bounded.</summary>
    public bool BoundsMemory { get; private set; }

    /// <summary>Whether the number of processes is bounded.</summary>
    public bool BoundsProcesses { get; private set; }

    /// <summary>Makes groups as far as that is possible.</summary>
    public static ControlGroup Create(SandboxLimits limits)
    {
        var group = new ControlGroup();
        if (!OperatingSystem.IsLinux())
            return group;
        try
        {
            group.Fill(limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only tree, or one of somebody else: other limits have to do.
        }
        return group;
    }

    /// <summary>Whether the kernel killed for want of memory.</summary>
    public bool MemoryWasUp()
    {
        foreach (var folder in _folders)
        foreach (var (file, key) in new[] { ("memory.events", "oom_kill "), ("memory.oom_control", "oom_kill ") })
            if (Lines(Path.Combine(folder, file)).Any(l => l.StartsWith(key, StringComparison.Ordinal) && l[key.Length..] != "0"))
                return true;
        return false;
    }

    /// <summary>Removes the groups; their processes are gone, a moment later at the latest.</summary>
    public void Dispose()
    {
        foreach (var folder in _folders)
            for (var attempt = 0; attempt < 100 && Directory.Exists(folder); attempt++)
                try
                {
                    Directory.Delete(folder);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    Thread.Sleep(20);
                }
        _folders.Clear();
    }

    private void Fill(SandboxLimits limits)
    {
        foreach (var line in File.ReadAllLines("/proc/self/cgroup"))
        {
            var parts = line.Split(':', 3);
            if (parts.Length < 3)
                continue;
            if (parts[1].Length == 0 && File.Exists($"{Root}/cgroup.controllers"))
                Take(Root + parts[2], "memory.max", "pids.max", limits);
            else if (parts[1] == "memory")
                Take($"{Root}/memory{parts[2]}", "memory.limit_in_bytes", null, limits);
            else if (parts[1] == "pids")
                Take($"{Root}/pids{parts[2]}", null, "pids.max", limits);
        }
    }

    private void Take(string parent, string? memory, string? processes, SandboxLimits limits)
    {
        var folder = Path.Combine(
            parent.TrimEnd('/'),
            string.Create(CultureInfo.InvariantCulture, $"concord-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}")
        );
        try
        {
            RemoveLeftovers(parent);
            Directory.CreateDirectory(folder);
            // The folder of tests lies in memory, and is bounded by itself.
            var boundsMemory = memory is not null && Write(folder, memory, limits.MemoryBytes + limits.FolderBytes);
            if (boundsMemory)
                Write(folder, "memory.swap.max", 0);
            var boundsProcesses = processes is not null && Write(folder, processes, limits.Processes + SandboxItself);
            (BoundsMemory, BoundsProcesses) = (BoundsMemory || boundsMemory, BoundsProcesses || boundsProcesses);
            if (boundsMemory || boundsProcesses)
                _folders.Add(folder);
            else
                Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above; one resource may be free where another is not.
        }
    }

    // Of a Concord that was killed.
    private static void RemoveLeftovers(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, "concord-*"))
            if (!Directory.Exists($"/proc/{Path.GetFileName(folder).Split('-')[1]}"))
                try
                {
                    Directory.Delete(folder);
                }
                catch (IOException)
                {
                    // Its processes are about to end.
                }
    }

    // A group has only the files of the controllers that its parent hands on.
    private static bool Write(string folder, string file, long value)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
            return false;
        File.WriteAllText(path, value.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
