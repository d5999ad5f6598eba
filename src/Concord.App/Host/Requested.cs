using Concord.Core.Domain;

namespace Concord.App.Host;

/// <summary>What an address of the API names.</summary>
internal static class Requested
{
    /// <summary>The desk, and the output of the address's key; null where the session has none of that key.</summary>
    public static async Task<(GradingDesk Desk, OutputKey? Key)> OutputAsync(HttpContext context, Task<GradingDesk> opening)
    {
        var desk = await opening;
        return (desk, desk.Find((string)context.Request.RouteValues["key"]!));
    }
}
