using Concord.App.Host.Documents;
using Microsoft.Net.Http.Headers;

namespace Concord.App.Host;

/// <summary>Refuses what another site sends, before anything looks at it.</summary>
/// <param name="names">The names of the page's site.</param>
/// <param name="access">Who may come in.</param>
internal sealed class PageGuard(ServedNames names, PageAccess access)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        PutHeaders(context.Response.Headers);
        var request = context.Request;
        var host = request.Headers.Host.ToString();
        if (!names.IsPage(host))
            return Refusal.WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                new ProblemDocument(
                    "This address is not the grading page's.",
                    null,
                    "Open the address that 'concord grade' printed."
                )
            );
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (!IsFromHere(request, $"http://{host}", changes))
            return Refusal.WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                new ProblemDocument("Another site sent this request.", null, "Open the address that 'concord grade' printed.")
            );
        if (changes && !IsJson(request.ContentType))
            return Refusal.WriteAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                new ProblemDocument("The body is not application/json.", null, "Send JSON.")
            );
        var asksIn = request.Path == "/" && request.Query.ContainsKey(PageEndpoints.TokenName);
        return asksIn || access.IsKnown(request) ? next(context)
            : request.Path == "/" ? PageEndpoints.WriteStrangerAsync(context)
            : Refusal.WriteAsync(
                context,
                StatusCodes.Status401Unauthorized,
                new ProblemDocument("This browser is not let in.", null, "Open the address that 'concord grade' printed.")
            );
    }

    private static void PutHeaders(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // A process of its own even where a browser does not give every site one: else an output's endless loop holds up the page.
        headers["Origin-Agent-Cluster"] = "?1";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    }

    // 'none' is the user himself: an address typed, a bookmark. Browsers that do not say are known by Origin alone.
    private static bool IsFromHere(HttpRequest request, string self, bool changes)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        if (site.Count > 1 || origin.Count > 1 || (changes && origin.Count == 0))
            return false;
        if (origin.Count == 1 && !string.Equals(origin, self, StringComparison.OrdinalIgnoreCase))
            return false;
        return site.Count == 0 || site == "same-origin" || (site == "none" && !changes);
    }

    private static bool IsJson(string? type) =>
        MediaTypeHeaderValue.TryParse(type, out var given)
        && given.MediaType.Equals(Json.MediaType, StringComparison.OrdinalIgnoreCase)
        && given.Parameters.All(p =>
            p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)
            && p.Value.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        );
}
