using System.Collections.Concurrent;
using System.IO.Compression;

namespace Concord.App.Host;

/// <summary>The page as npm built it, carried in the program below <c>web/</c>.</summary>
internal static class WebBundle
{
    private const string NotBuilt = """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Concord: grading</title>
          </head>
          <body>
            <h1>The grading page is not part of this build</h1>
            <p>It is built by npm from src/Concord.Web; this program was built without it. The API is there.</p>
          </body>
        </html>
        """;

    private static readonly ConcurrentDictionary<string, (byte[] Plain, byte[] Small)?> Loaded = new(StringComparer.Ordinal);

    /// <summary>The page, without the nonce.</summary>
    public static string Index { get; } =
        Resources.Web("index.html") is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : NotBuilt;

    /// <summary>A file of the bundle, plain and gzipped; null where there is none.</summary>
    public static (byte[] Plain, byte[] Small)? Asset(string name) =>
        Resources.HasWeb($"assets/{name}") ? Loaded.GetOrAdd(name, Load) : null;

    private static (byte[] Plain, byte[] Small)? Load(string name)
    {
        var plain = Resources.Web($"assets/{name}")!;
        using var small = new MemoryStream();
        using (var gzip = new GZipStream(small, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(plain);
        return (plain, small.ToArray());
    }
}
