using System.Text;
using Concord.Core.Domain.Libraries;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>
/// The files of one output as a web site: what the renderer and the live preview serve. Known CDN addresses in its HTML,
/// JavaScript and CSS lead to the vendor folder; all else is byte for byte what lies in <c>files/</c>.
/// </summary>
/// <param name="files">The tree whose root is the output's folder of files.</param>
/// <param name="vendor">The libraries.</param>
public sealed class OutputSite(FileTree files, VendorFolder vendor)
{
    private const string Index = "index.html";

    // A page can name a million.
    private const int MostNames = 50;
    private const int LongestName = 100;

    private readonly Lock _lists = new();
    private readonly SortedSet<string> _served = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>Libraries that pages were given so far, such as <c>d3 7.9.2</c>.</summary>
    public IReadOnlyList<string> Libraries => Copy(_served);

    /// <summary>Libraries that pages asked for and that are not there, such as <c>d3@4</c>.</summary>
    public IReadOnlyList<string> MissingLibraries => Copy(_missing);

    /// <summary>The page to begin with: index.html, else the only HTML file; null where there is none.</summary>
    /// <param name="paths">The paths below <c>files/</c>.</param>
    public static string? Entry(IReadOnlyList<string> paths)
    {
        if (paths.Contains(Index))
            return Index;
        var pages = paths.Where(p => ContentTypes.Of(p) == ContentTypes.Page).ToArray();
        return pages.FirstOrDefault(p => p.EndsWith("/" + Index, StringComparison.Ordinal))
            ?? (pages.Length == 1 ? pages[0] : null);
    }

    /// <summary>What is served at a path.</summary>
    /// <param name="path">The decoded path of an address, beginning with <c>/</c>, with its query where there is one.</param>
    /// <returns>The file; null where there is none.</returns>
    public ServedFile? Serve(string path)
    {
        if (path.StartsWith(VendorFolder.Prefix, StringComparison.Ordinal))
            return vendor.Serve(path[VendorFolder.Prefix.Length..]);
        var file = Uri.UnescapeDataString(path.Split('?')[0].TrimStart('/'));
        if (file.Length == 0 || file.EndsWith('/'))
            file += Index;
        if (!SitePath.IsBelow(file))
            return null;
        if (files.Read(file) is not { } bytes)
            return null;
        var type = ContentTypes.Of(file);
        return new(type, IsLinked(type) ? Linked(bytes) : bytes);
    }

    /// <summary>Whether a file has an address of a CDN that is known.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="bytes">Its bytes.</param>
    public static bool AsksForLibraries(string path, byte[] bytes) =>
        IsLinked(ContentTypes.Of(path)) && LibraryLinks.Rewrite(Encoding.Latin1.GetString(bytes), _ => null).Missing.Count > 0;

    private static bool IsLinked(string type) => type is ContentTypes.Page or ContentTypes.Script or ContentTypes.Style;

    // Latin-1 keeps every byte as it is, whatever the encoding; addresses are ASCII.
    private byte[] Linked(byte[] bytes)
    {
        var linked = LibraryLinks.Rewrite(Encoding.Latin1.GetString(bytes), vendor.Resolve);
        lock (_lists)
        {
            _served.UnionWith(linked.Served.Select(a => vendor.Describe(a) ?? a.Name));
            _missing.UnionWith(linked.Missing.Select(a => a.Name));
        }
        return linked.Served.Count == 0 ? bytes : Encoding.Latin1.GetBytes(linked.Text);
    }

    private string[] Copy(SortedSet<string> names)
    {
        lock (_lists)
            return [.. names.Take(MostNames).Select(n => n.Length > LongestName ? n[..LongestName] + "…" : n)];
    }
}
