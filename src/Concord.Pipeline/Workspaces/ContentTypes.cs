namespace Concord.Pipeline.Workspaces;

/// <summary>Media types of the files that pages are made of, by their names' ends.</summary>
internal static class ContentTypes
{
    public const string Page = "text/html; charset=utf-8";
    public const string Script = "text/javascript; charset=utf-8";
    public const string Style = "text/css; charset=utf-8";

    public static string Of(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" => Page,
            ".js" or ".mjs" or ".cjs" => Script,
            ".css" => Style,
            ".json" or ".geojson" or ".topojson" or ".map" => "application/json; charset=utf-8",
            ".csv" => "text/csv; charset=utf-8",
            ".tsv" => "text/tab-separated-values; charset=utf-8",
            ".txt" or ".md" => "text/plain; charset=utf-8",
            ".xml" => "text/xml; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".avif" => "image/avif",
            ".ico" => "image/x-icon",
            ".woff" => "font/woff",
            ".woff2" => "font/woff2",
            ".ttf" => "font/ttf",
            ".otf" => "font/otf",
            ".wasm" => "application/wasm",
            ".mp4" => "video/mp4",
            ".webm" => "video/webm",
            ".mp3" => "audio/mpeg",
            _ => "application/octet-stream",
        };
}
