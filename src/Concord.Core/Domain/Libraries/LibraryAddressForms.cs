using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Libraries;

/// <summary>How the CDNs spell what they serve.</summary>
internal static partial class LibraryAddressForms
{
    /// <summary>Names that cdnjs has for packages that npm calls otherwise.</summary>
    public static readonly IReadOnlyDictionary<string, string> NpmNames = new Dictionary<string, string>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["Chart.js"] = "chart.js",
        ["PapaParse"] = "papaparse",
        ["Turf.js"] = "@turf/turf",
        ["lodash.js"] = "lodash",
        ["mathjs"] = "mathjs",
        ["moment.js"] = "moment",
        ["p5.js"] = "p5",
        ["pixi.js"] = "pixi.js",
        ["plotly.js"] = "plotly.js-dist-min",
        ["three.js"] = "three",
        ["underscore.js"] = "underscore",
    };

    [GeneratedRegex(@"\A(?:https?:)?//(?<host>[A-Za-z0-9.-]+)/(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#.*)?\z")]
    public static partial Regex Parts();

    [GeneratedRegex(
        @"\A(?<name>d3(?:-[a-z0-9-]+)?|topojson(?:-[a-z]+)?|queue)(?:\.v(?<version>[0-9]+)(?:\.[0-9]+)*)?(?:\.min)?\.m?js\z"
    )]
    public static partial Regex D3File();

    [GeneratedRegex(@"\A(?<name>(?:@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*)(?:@(?<version>[^/]*))?(?:/(?<file>.*))?\z")]
    public static partial Regex NpmPath();

    [GeneratedRegex(@"\Aajax/libs/(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)/(?<version>[^/]+)/(?<file>.+)\z")]
    public static partial Regex CdnjsPath();

    [GeneratedRegex(@"\Aplotly(?:-[a-z]+)*?(?:-(?:latest|v?(?<version>[0-9][0-9.]*)))?(?:\.min)?\.js\z")]
    public static partial Regex PlotlyFile();

    [GeneratedRegex(@"\Ajquery-(?:latest|(?<version>[0-9][0-9.]*[0-9]))(?:\.slim)?(?:\.min)?\.js\z")]
    public static partial Regex JqueryFile();

    [GeneratedRegex(@"\A(?:v[0-9]+/|stable/|\*)+")]
    public static partial Regex EsmShPrefix();

    [GeneratedRegex(@"\A[v^~=<>\s]*([0-9]+)")]
    public static partial Regex Major();
}
