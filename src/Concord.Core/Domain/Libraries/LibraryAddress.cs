using System.Globalization;

namespace Concord.Core.Domain.Libraries;

/// <summary>What an address of a public CDN asks for, read off its spelling alone.</summary>
/// <param name="Package">The npm package's name, such as <c>d3</c> or <c>@observablehq/plot</c>.</param>
/// <param name="Major">The major version asked for; null where any will do.</param>
/// <param name="File">The file in the package, with <c>/</c>, a folder where it ends so; null for the package's own entry.</param>
/// <param name="IsModule">Whether an ECMAScript module is asked for, rather than a script that sets a global.</param>
public sealed record LibraryAddress(string Package, int? Major, string? File, bool IsModule)
{
    /// <summary>The package and the version, as npm writes them.</summary>
    public string Name => Major is { } major ? string.Create(CultureInfo.InvariantCulture, $"{Package}@{major}") : Package;

    /// <summary>Reads an address.</summary>
    /// <param name="address">An address with <c>https://</c>, <c>http://</c> or <c>//</c> before the host.</param>
    /// <returns>What it asks for; null where it is of no CDN that is known, or of none of its libraries.</returns>
    public static LibraryAddress? TryParse(string address)
    {
        if (LibraryAddressForms.Parts().Match(address) is not { Success: true } parts)
            return null;
        var path = parts.Groups["path"].Value;
        var query = parts.Groups["query"].Value;
        return parts.Groups["host"].Value.ToLowerInvariant() switch
        {
            "d3js.org" or "www.d3js.org" => OfD3(path),
            "cdn.jsdelivr.net" => path.StartsWith("npm/", StringComparison.Ordinal) ? OfNpm(path[4..], false) : null,
            "unpkg.com" or "www.unpkg.com" => OfNpm(path, query.Contains("module", StringComparison.Ordinal)),
            "cdnjs.cloudflare.com" => OfCdnjs(path),
            "esm.sh" => OfNpm(LibraryAddressForms.EsmShPrefix().Replace(path, ""), true),
            "esm.run" => OfNpm(path, true),
            "cdn.skypack.dev" => path.StartsWith("pin/", StringComparison.Ordinal) ? OfPinned(path[4..]) : OfNpm(path, true),
            "cdn.plot.ly" => OfPlotly(path),
            "code.jquery.com" => OfJquery(path),
            _ => null,
        };
    }

    // https://d3js.org/d3.v7.min.js, https://d3js.org/topojson.v2.min.js, https://d3js.org/d3-array.v3.min.js
    private static LibraryAddress? OfD3(string path) =>
        LibraryAddressForms.D3File().Match(path) is { Success: true } file
            ? new(
                file.Groups["name"].Value,
                MajorOf(file.Groups["version"].Value),
                null,
                path.EndsWith(".mjs", StringComparison.Ordinal)
            )
            : null;

    private static LibraryAddress? OfNpm(string path, bool isModule)
    {
        if (LibraryAddressForms.NpmPath().Match(path) is not { Success: true } npm)
            return null;
        var file = npm.Groups["file"].Value;
        if (file is "+esm" || file.EndsWith("/+esm", StringComparison.Ordinal))
            (isModule, file) = (true, file.Length > 5 ? file[..^5] : "");
        return new(npm.Groups["name"].Value, MajorOf(npm.Groups["version"].Value), file.Length == 0 ? null : file, isModule);
    }

    // https://cdn.skypack.dev/pin/d3@v7.8.4-abc/mode=imports/optimized/d3.js
    private static LibraryAddress? OfPinned(string path) =>
        OfNpm(path, true) is { } address ? address with { File = null } : null;

    // https://cdnjs.cloudflare.com/ajax/libs/d3/7.8.5/d3.min.js
    private static LibraryAddress? OfCdnjs(string path)
    {
        if (LibraryAddressForms.CdnjsPath().Match(path) is not { Success: true } file)
            return null;
        var name = file.Groups["name"].Value;
        return new(
            LibraryAddressForms.NpmNames.GetValueOrDefault(name, name),
            MajorOf(file.Groups["version"].Value),
            file.Groups["file"].Value,
            path.EndsWith(".mjs", StringComparison.Ordinal)
        );
    }

    private static LibraryAddress? OfPlotly(string path) =>
        LibraryAddressForms.PlotlyFile().Match(path) is { Success: true } file
            ? new("plotly.js-dist-min", MajorOf(file.Groups["version"].Value), null, false)
            : null;

    private static LibraryAddress? OfJquery(string path) =>
        LibraryAddressForms.JqueryFile().Match(path) is { Success: true } file
            ? new("jquery", MajorOf(file.Groups["version"].Value), null, false)
            : null;

    // "7.8.5", "v7", "^7", "~7.1" ask for 7; "latest", "next" and "" for any.
    private static int? MajorOf(string version) =>
        LibraryAddressForms.Major().Match(version) is { Success: true } major
        && int.TryParse(major.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
