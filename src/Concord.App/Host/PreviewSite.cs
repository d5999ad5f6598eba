using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Microsoft.AspNetCore.Http.Features;

namespace Concord.App.Host;

/// <summary>The second site: outputs as pages, each under a path of its own, in a sandbox that reaches nothing of ours.</summary>
/// <param name="root">The workspace.</param>
/// <param name="names">The names of this site.</param>
/// <param name="opening">The session.</param>
internal sealed class PreviewSite(string root, ServedNames names, Task<GradingDesk> opening) : IDisposable
{
    // Scripts 'self' are the output's own and the libraries; 'unsafe-eval' is what d3.csv needs.
    public const string Policy =
        "sandbox allow-scripts; default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'";

    private const int AtATime = 2;
    private const int LongestTarget = 2048;

    // A page that asks in a loop waits here, and not in front of the grader's own requests.
    private readonly SemaphoreSlim _turns = new(AtATime, AtATime);
    private readonly Lazy<VendorFolder> _vendor = new(() => VendorFolder.Open(root));
    private readonly Lazy<IReadOnlyDictionary<string, string>> _folders = new(() => opening.Result.Previews());

    public async Task AnswerAsync(HttpContext context)
    {
        PutHeaders(context.Response.Headers);
        var request = context.Request;
        if (!names.IsPreview(request.Headers.Host.ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }
        ServedFile? file = null;
        await _turns.WaitAsync(context.RequestAborted);
        try
        {
            // As it was sent: what is decoded twice leads elsewhere.
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            await opening;
            file = Find(target);
        }
#pragma warning disable CA1031 // What cannot be read is not there; why is nothing for a hostile page.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            file = null;
        }
        finally
        {
            _turns.Release();
        }
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Bytes.Length;
        if (HttpMethods.IsGet(request.Method))
            await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    public void Dispose() => _turns.Dispose();

    private ServedFile? Find(string target)
    {
        if (target.Length > LongestTarget || !target.StartsWith('/'))
            return null;
        var path = target.Split('?', '#')[0];
        if (path.StartsWith(VendorFolder.Prefix, StringComparison.Ordinal))
            return _vendor.Value.Serve(path[VendorFolder.Prefix.Length..] + VendorFolder.QueryOf(target));
        var slash = path.IndexOf('/', 1);
        if (slash < 0 || !_folders.Value.TryGetValue(path[1..slash], out var folder))
            return null;
        // A tree remembers folders that were no links; what is shown lives long, so each request looks anew.
        using var workspace = new WorkTree(root);
        if (workspace.LeadsThroughLink(folder))
            return null;
        using var files = new WorkTree(Path.Combine(root, folder));
        var below = path[slash..];
        return below.StartsWith(VendorFolder.Prefix, StringComparison.Ordinal)
            ? null
            : new OutputSite(files, _vendor.Value).Serve(below);
    }

    private static void PutHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.AccessControlAllowOrigin = "*";
        headers["Referrer-Policy"] = "no-referrer";
        // The sandbox makes every page a stranger to its own files.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
