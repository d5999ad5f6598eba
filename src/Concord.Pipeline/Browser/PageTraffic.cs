using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace Concord.Pipeline.Browser;

/// <summary>Everything that a page asks for: answered from memory, or refused and written down.</summary>
internal sealed class PageTraffic(PageServer server)
{
    /// <summary>The one origin that answers. It is a name that no network has, and answers come from memory.</summary>
    public const string Origin = "https://output.test";

    private const int LongestAddress = 200;
    private const int MostEntries = 1000;
    private const int MostKept = 50;
    private const int MostNavigations = 20;

    private readonly Lock _lists = new();
    private readonly SortedSet<string> _blocked = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _stopped = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IRequest, bool> _inFlight = new();
    private int _started;
    private int _navigations;

    /// <summary>Requests that have no answer yet.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>Requests so far.</summary>
    public int Started => Volatile.Read(ref _started);

    public IReadOnlyList<string> Blocked => Kept(_blocked);

    public IReadOnlyList<string> MissingFiles => Kept(_missing);

    public IReadOnlyList<string> Stopped => Kept(_stopped);

    public async Task AttachAsync(IBrowserContext context)
    {
        context.RequestFinished += (_, request) => _inFlight.TryRemove(request, out var _);
        context.RequestFailed += (_, request) => _inFlight.TryRemove(request, out var _);
        await context.RouteAsync("**/*", AnswerAsync);
        await context.RouteWebSocketAsync(
            _ => true,
            socket =>
            {
                Add(_blocked, $"websocket {Short(socket.Url)}");
                _ = socket.CloseAsync();
            }
        );
    }

    /// <summary>Writes down what was stopped.</summary>
    public void Stop(string what) => Add(_stopped, what);

    private async Task AnswerAsync(IRoute route)
    {
        var request = route.Request;
        Interlocked.Increment(ref _started);
        try
        {
            // Only what is answered with a file is waited for until the page has it.
            await AnswerAsync(route, request);
        }
        catch (PlaywrightException)
        {
            // The page went away meanwhile.
        }
    }

    private Task AnswerAsync(IRoute route, IRequest request)
    {
        var navigates = request.IsNavigationRequest && request.Frame.ParentFrame is null;
        if (!request.Url.StartsWith(Origin + "/", StringComparison.Ordinal))
        {
            Add(_blocked, $"{(navigates ? "navigation" : request.ResourceType)} {Short(request.Url)}");
            // Of no content the browser stays on the page that it has.
            return request.IsNavigationRequest ? route.FulfillAsync(new() { Status = 204 }) : route.AbortAsync("blockedbyclient");
        }
        if (navigates && Interlocked.Increment(ref _navigations) > MostNavigations)
        {
            Stop(string.Create(CultureInfo.InvariantCulture, $"more than {MostNavigations} navigations"));
            return route.FulfillAsync(new() { Status = 204 });
        }
        var path = request.Url[Origin.Length..];
        var hash = path.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
            path = path[..hash];
        _inFlight[request] = true;
        if (server(path) is not { } file)
        {
            if (!path.StartsWith("/favicon.ico", StringComparison.Ordinal))
                Add(_missing, Short(path.TrimStart('/')));
            return route.FulfillAsync(
                new()
                {
                    Status = 404,
                    ContentType = "text/plain",
                    Body = "Not found",
                }
            );
        }
        return route.FulfillAsync(new() { ContentType = file.ContentType, BodyBytes = file.Bytes });
    }

    private void Add(SortedSet<string> list, string what)
    {
        lock (_lists)
            if (list.Count < MostEntries)
                list.Add(what);
    }

    private string[] Kept(SortedSet<string> list)
    {
        lock (_lists)
            return [.. list.Take(MostKept)];
    }

    private static string Short(string address) => address.Length > LongestAddress ? address[..LongestAddress] + "…" : address;
}
