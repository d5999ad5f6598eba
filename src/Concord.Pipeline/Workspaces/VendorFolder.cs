using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Core.Domain.Libraries;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>
/// The libraries of <c>benchmarks/vendor/package.json</c> as npm installed them, at addresses of a page's own origin: what
/// the renderer and the live preview serve in place of the public CDNs.
/// </summary>
public sealed partial class VendorFolder
{
    /// <summary>The folder in a workspace.</summary>
    public const string Folder = "benchmarks/vendor";

    /// <summary>The path, on a page's origin, below which libraries are served.</summary>
    public const string Prefix = "/__concord/vendor/";

    // A module of the old kind, which require() loads, is wrapped for browsers when asked for so.
    private const string Wrapped = "?wrapped";

    private const string Modules = Folder + "/node_modules";

    private readonly FileTree _files;
    private readonly string _modules;
    private readonly IReadOnlyList<VendorPackage> _packages;
    private readonly ConcurrentDictionary<string, ServedFile> _served = new(StringComparer.Ordinal);

    private VendorFolder(FileTree files, string modules, IReadOnlyList<VendorPackage> packages) =>
        (_files, _modules, _packages) = (files, modules, packages);

    /// <summary>Opens the folder of a workspace; without package.json or before an installation nothing is served.</summary>
    /// <param name="root">The workspace.</param>
    public static VendorFolder Open(string root)
    {
        var modules = Path.Combine(root, Modules);
        var names = Directory.Exists(modules)
            ? Directory
                .EnumerateDirectories(modules)
                .Select(d => Path.GetFileName(d))
                .SelectMany(n =>
                    n.StartsWith('@')
                        ? Directory.EnumerateDirectories(Path.Combine(modules, n)).Select(d => $"{n}/{Path.GetFileName(d)}")
                        : [n]
                )
                .Where(n => !n.StartsWith('.'))
            : [];
        return new(
            new WorkTree(root),
            modules,
            [.. names.Order(StringComparer.Ordinal).Select(n => VendorPackage.TryOpen(modules, n)).OfType<VendorPackage>()]
        );
    }

    /// <summary>The address of a library on the page's own origin; null where it is not there in that version.</summary>
    public string? Resolve(LibraryAddress address)
    {
        if (Find(address) is not { } package)
            return null;
        var file = address.File is { } named ? package.Find(named, address.IsModule) : package.Entry(address.IsModule);
        return file is null ? null : AddressOf(package, file, address.IsModule);
    }

    /// <summary>The package and version that stands for an address; null where there is none.</summary>
    public string? Describe(LibraryAddress address) => Find(address) is { } p ? $"{p.Name} {p.Version}" : null;

    /// <summary>A file of a package by its path in <c>node_modules</c>; null where there is none, or only through a link.</summary>
    public byte[]? ReadRaw(string path) => SitePath.IsBelow(path) ? _files.Read($"{Modules}/{path}") : null;

    /// <summary>The one query that an address of a library can have; empty for any other.</summary>
    /// <param name="target">An address as it was asked for.</param>
    public static string QueryOf(string target) => target.EndsWith(Wrapped, StringComparison.Ordinal) ? Wrapped : "";

    /// <summary>What is served at an address.</summary>
    /// <param name="address">The path behind <see cref="Prefix"/>, with its query.</param>
    /// <returns>The file, its imports rewritten for a browser; null where there is none.</returns>
    public ServedFile? Serve(string address)
    {
        // What is not there is not remembered: a page could ask for a million of them.
        if (_served.TryGetValue(address, out var known))
            return known;
        return Load(address) is { } file ? _served.GetOrAdd(address, file) : null;
    }

    private ServedFile? Load(string address)
    {
        var wrapped = address.EndsWith(Wrapped, StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(address.Split('?')[0]);
        var (file, bytes) = new[] { path, path + ".js", path + "/index.js" }
            .Select(p => (p, Bytes: ReadRaw(p)))
            .FirstOrDefault(p => p.Bytes is not null);
        if (bytes is null)
            return null;
        var type = ContentTypes.Of(file);
        if (type != ContentTypes.Script)
            return new(type, bytes);
        var text = Encoding.UTF8.GetString(bytes);
        if (LibraryLinks.IsModule(text))
            text = LibraryLinks.RewriteImports(text, name => ResolveImport(file, name));
        else if (wrapped)
            text = Wrap(file, text);
        else
            return new(type, bytes);
        return new(type, Encoding.UTF8.GetBytes(text));
    }

    private string Wrap(string file, string text)
    {
        var (imports, table) = (new StringBuilder(), new StringBuilder());
        var names = Require().Matches(text).Select(m => m.Groups[1].Value).Distinct().ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            if (ResolveImport(file, names[i]) is not { } address)
                continue;
            imports.Append(null, $"import r{i} from \"{address}\";\n");
            table.Append(null, $"\"{names[i]}\":r{i},");
        }
        return $"{imports}const module={{exports:{{}}}};(function(module,exports,require){{{text}\n}}).call(globalThis,module,module.exports,n=>({{{table}}})[n]);export default module.exports;\n";
    }

    // As Node looks for a name: in the node_modules of the folder, then of the folders above.
    private string? ResolveImport(string file, string name)
    {
        if (name.StartsWith('.'))
        {
            var near = new Uri(new Uri("http://x/" + file), name).AbsolutePath[1..];
            return AddressOf(new[] { near, near + ".js", near + "/index.js" }.FirstOrDefault(p => ReadRaw(p) is not null), true);
        }
        var parts = name.Split('/');
        var own = name.StartsWith('@') ? 2 : 1;
        var (package, rest) = (string.Join('/', parts.Take(own)), string.Join('/', parts.Skip(own)));
        for (var folder = file; ; folder = folder[..folder.LastIndexOf('/')])
        {
            var at =
                folder.Length == 0 || !folder.Contains('/', StringComparison.Ordinal)
                    ? package
                    : $"{folder}/node_modules/{package}";
            if (VendorPackage.TryOpen(_modules, at) is { } found)
                return (rest.Length == 0 ? found.Entry(true) : found.Find(rest, true)) is { } entry
                    ? AddressOf(found, entry, true)
                    : null;
            if (at == package)
                return null;
        }
    }

    private string AddressOf(VendorPackage package, string file, bool isModule) => AddressOf($"{package.Path}/{file}", isModule)!;

    private string? AddressOf(string? path, bool isModule)
    {
        if (path is null)
            return null;
        var old =
            isModule
            && ContentTypes.Of(path) == ContentTypes.Script
            && ReadRaw(path) is { } bytes
            && !LibraryLinks.IsModule(Encoding.UTF8.GetString(bytes));
        return Prefix + path + (old ? Wrapped : "");
    }

    // The package of that very name first, then the newest of the aliases such as d3-v5.
    private VendorPackage? Find(LibraryAddress address) =>
        _packages
            .Where(p => p.Name == address.Package && (address.Major is not { } major || p.Major == major))
            .OrderBy(p => p.Path == address.Package ? 0 : 1)
            .ThenByDescending(p => p.Major)
            .FirstOrDefault();

    /// <summary>The fingerprint of what npm is to install; null where the workspace keeps no libraries.</summary>
    public static string? LockDigest(string root)
    {
        using var tree = new WorkTree(root);
        return tree.Read(Folder + "/package-lock.json") is { } bytes ? Fingerprint.Sha256(bytes)[..12] : null;
    }

    [GeneratedRegex("""\brequire\(\s*["']([^"']+)["']\s*\)""")]
    private static partial Regex Require();
}
