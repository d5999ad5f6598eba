using System.Reflection;

namespace Concord.App;

/// <summary>The files that the program carries with it: the sample workspace, and an empty one.</summary>
internal static class Resources
{
    private const string ConsensusReadme = "consensus/README.md";

    private static readonly Assembly Assembly = typeof(Resources).Assembly;

    /// <summary>The sample workspace, sorted.</summary>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Sample => Below("sample/");

    /// <summary>An empty workspace; what the numbers of consensus/ mean is the same everywhere.</summary>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Init =>
        [.. Below("init/"), Sample.Single(f => f.Path == ConsensusReadme)];

    private static (string Path, byte[] Bytes)[] Below(string prefix) =>
        [
            .. Assembly
                .GetManifestResourceNames()
                .Select(n => (Name: n, Path: n.Replace('\\', '/')))
                .Where(n => n.Path.StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(n => n.Path, StringComparer.Ordinal)
                .Select(n => (n.Path[prefix.Length..], Bytes(n.Name))),
        ];

    private static byte[] Bytes(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
