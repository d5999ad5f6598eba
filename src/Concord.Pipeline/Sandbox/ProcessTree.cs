using System.Globalization;
using System.Runtime.InteropServices;

namespace Concord.Pipeline.Sandbox;

/// <summary>A process and all that came of it, as <c>/proc</c> shows them. Those of a sandbox cannot leave: their orphans go to its first process.</summary>
internal static class ProcessTree
{
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;

    /// <summary>The memory that the processes wrote to, in bytes; 0 where there is no <c>/proc</c>.</summary>
    public static long Memory(int root)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (
                int.TryParse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture, out var id)
                && Parent(id) is { } parent
            )
                (CollectionsMarshal.GetValueRefOrAddDefault(children, parent, out _) ??= []).Add(id);
        var (sum, pending) = (0L, new Stack<int>([root]));
        while (pending.TryPop(out var id))
        {
            sum += Written(id);
            foreach (var child in children.GetValueOrDefault(id) ?? [])
                pending.Push(child);
        }
        return sum;
    }

    /// <summary>Makes sure that a process started from here inherits the three standard streams and nothing else.</summary>
    public static void CloseDescriptorsOnStart()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var file in Directory.GetFiles("/proc/self/fd"))
            if (int.TryParse(Path.GetFileName(file.AsSpan()), CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2)
                _ = Fcntl(descriptor, SetDescriptorFlags, CloseOnExec);
    }

    private static int? Parent(int id)
    {
        // The name may hold anything, brackets too; what follows the last one is the state and the parent.
        if (Read($"/proc/{id}/stat") is not { } stat)
            return null;
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.TryParse(fields[1], CultureInfo.InvariantCulture, out var parent) ? parent : null;
    }

    private static long Written(int id)
    {
        var sum = 0L;
        foreach (var line in (Read($"/proc/{id}/status") ?? "").Split('\n'))
            if (line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
                sum += long.Parse(line[9..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
        return sum;
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has ended meanwhile.
        }
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fcntl(int descriptor, int command, int value);
}
