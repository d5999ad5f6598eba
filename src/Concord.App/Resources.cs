using System.Reflection;
using System.Text;

namespace Concord.App;

/// <summary>The files that the program carries with it: the sample workspace, an empty one, and the grading page.</summary>
internal static class Resources
{
    private const string ConsensusReadme = "consensus/README.md";
    private const string Manual = "benchmarks/README.md";
    private const string Vendor = "benchmarks/vendor/";

    private static readonly Assembly Assembly = typeof(Resources).Assembly;

    /// <summary>The sample workspace, sorted.</summary>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Sample => Below("sample/");

    /// <summary>
    /// An empty workspace. The manual of benchmarks/, what the numbers of consensus/ mean and the libraries that pages may ask
    /// for are the same everywhere.
    /// </summary>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Init
    {
        get
        {
            var sample = Sample;
            return
            [
                .. Below("init/"),
                (Manual, WithoutSample(sample.Single(f => f.Path == Manual).Bytes)),
                .. sample.Where(f => f.Path == ConsensusReadme || f.Path.StartsWith(Vendor, StringComparison.Ordinal)),
            ];
        }
    }

    /// <summary>Whether the grading page's bundle has a file.</summary>
    public static bool HasWeb(string path) => Assembly.GetManifestResourceInfo("web/" + path) is not null;

    /// <summary>A file of the grading page's bundle; null where this build has none.</summary>
    public static byte[]? Web(string path) => HasWeb(path) ? Bytes("web/" + path) : null;

    // The manual tells of the sample in one paragraph at its head and in its last section.
    private static byte[] WithoutSample(byte[] manual) =>
        Encoding.UTF8.GetBytes(
            string.Join(
                "\n\n",
                Encoding
                    .UTF8.GetString(manual)
                    .Split("\n\n")
                    .TakeWhile(p => p != "## The sample")
                    .Where(p => !p.StartsWith("The benchmark in this folder is a **sample**.", StringComparison.Ordinal))
            ) + "\n"
        );

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
