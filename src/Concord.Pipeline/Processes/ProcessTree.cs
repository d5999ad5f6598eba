using System.Globalization;

namespace Concord.Pipeline.Processes;

/// <summary>A process with everything that it started, as Linux tells it in <c>/proc</c>.</summary>
internal static class ProcessTree
{
    /// <summary>The memory that a process and its descendants hold for themselves.</summary>
    /// <param name="root">The process.</param>
    /// <returns>Bytes; 0 where the system does not tell.</returns>
    public static long Memory(int root) => Members(root).Sum(MemoryOf);

    /// <summary>A process and its descendants.</summary>
    /// <param name="root">The process.</param>
    public static IReadOnlyList<int> Members(int root)
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ParentOf(id) is { } parent
            )
                (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(id);
        var members = new List<int> { root };
        for (var i = 0; i < members.Count; i++)
            if (children.TryGetValue(members[i], out var list))
                members.AddRange(list);
        return members;
    }

    private static int? ParentOf(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        // The name, in brackets, may hold anything: the state and the parent follow its end.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            ? parent
            : null;
    }

    private static long MemoryOf(int process) =>
        Read($"/proc/{process}/status")
            .Split('\n')
            .Where(l => l.StartsWith("RssAnon:", StringComparison.Ordinal) || l.StartsWith("RssShmem:", StringComparison.Ordinal))
            .Sum(l =>
                long.TryParse(l.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), out var kilobytes)
                    ? kilobytes * 1024
                    : 0
            );

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
