using System.Security.Cryptography;
using System.Text;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Host;

/// <summary>The page itself and its bundle.</summary>
internal static class PageEndpoints
{
    public const string TokenName = "token";

    private const string Stranger = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8" /><title>Concord: grading</title></head>
        <body><h1>This browser is not let in</h1><p>Open the address that <code>concord grade</code> printed in its terminal.</p></body></html>
        """;

    public static void Map(IEndpointRouteBuilder routes, ServedNames names, PageAccess access)
    {
        routes.MapGet("/", context => IndexAsync(context, names, access));
        routes.MapGet("/assets/{name}", AssetAsync);
    }

    public static Task WriteStrangerAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return WriteAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Stranger));
    }

    private static Task IndexAsync(HttpContext context, ServedNames names, PageAccess access)
    {
        if (context.Request.Query.TryGetValue(TokenName, out var given))
        {
            if (given.Count != 1 || !access.Admits(given.ToString()))
                return WriteStrangerAsync(context);
            access.Remember(context.Response);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/";
            return Task.CompletedTask;
        }
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; font-src 'self'; connect-src 'self'; "
            + $"frame-src {names.PreviewOrigin(context.Request.Headers.Host.ToString())}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
        return WriteAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(WithNonce(WebBundle.Index, nonce)));
    }

    // Vite's loader gives what it loads later the nonce of the element of this name.
    private static string WithNonce(string page, string nonce) =>
        page.Replace("<script", $"<script nonce=\"{nonce}\"", StringComparison.Ordinal)
            .Replace("<link", $"<link nonce=\"{nonce}\"", StringComparison.Ordinal)
            .Replace("<title>", $"<meta property=\"csp-nonce\" nonce=\"{nonce}\" />\n    <title>", StringComparison.Ordinal);

    private static Task AssetAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (WebBundle.Asset(name) is not { } asset)
            return Refusal.NotFoundAsync(context);
        var headers = context.Response.Headers;
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        var zipped = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (zipped)
            headers.ContentEncoding = "gzip";
        return WriteAsync(context, ServedFile.TypeOf(name), zipped ? asset.Small : asset.Plain);
    }

    private static Task WriteAsync(HttpContext context, string type, byte[] bytes)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
