using System.Text.Json;
using Microsoft.Playwright;

namespace Concord.Pipeline.Browser;

/// <summary>
/// A world of scripts beside the page's own: the same document, none of the built-ins that the page may have replaced, and
/// the browser's own timers.
/// </summary>
internal sealed class IsolatedWorld
{
    private readonly ICDPSession _session;
    private readonly int _context;

    private IsolatedWorld(ICDPSession session, int context) => (_session, _context) = (session, context);

    /// <summary>Opens one beside the document that the page has now.</summary>
    public static async Task<IsolatedWorld> OpenAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var tree = await session.SendAsync("Page.getFrameTree");
        var frame = tree!.Value.GetProperty("frameTree").GetProperty("frame").GetProperty("id").GetString()!;
        var world = await session.SendAsync("Page.createIsolatedWorld", new() { ["frameId"] = frame });
        return new(session, world!.Value.GetProperty("executionContextId").GetInt32());
    }

    /// <summary>Evaluates an expression, and waits for a promise where it is one.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="milliseconds">How long it may run.</param>
    /// <returns>Its value; null where it threw, or took too long.</returns>
    public async Task<JsonElement?> EvaluateAsync(string expression, int milliseconds)
    {
        var answer = await _session.SendAsync(
            "Runtime.evaluate",
            new()
            {
                ["expression"] = expression,
                ["contextId"] = _context,
                ["awaitPromise"] = true,
                ["returnByValue"] = true,
                ["timeout"] = milliseconds,
            }
        );
        return
            !answer!.Value.TryGetProperty("exceptionDetails", out _)
            && answer.Value.GetProperty("result").TryGetProperty("value", out var value)
            ? value.Clone()
            : null;
    }
}
