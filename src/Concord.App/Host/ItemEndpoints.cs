namespace Concord.App.Host;

/// <summary>One output: what is shown of it.</summary>
internal static class ItemEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ServedNames names, Task<GradingDesk> opening)
    {
        routes.MapGet(
            "/api/items/{key}",
            async context =>
                await (
                    await Requested.OutputAsync(context, opening) is (var desk, { } key)
                        ? HostJson.WriteAsync(
                            context,
                            desk.Item(key, names.PreviewOrigin(context.Request.Headers.Host.ToString())),
                            HostJson.Default.ItemDocument
                        )
                        : Refusal.NotFoundAsync(context)
                )
        );
        routes.MapGet(
            "/api/items/{key}/files",
            async context =>
                await (
                    await Requested.OutputAsync(context, opening) is (var desk, { } key)
                        ? HostJson.WriteAsync(context, new(desk.Files(key)), HostJson.Default.FilesDocument)
                        : Refusal.NotFoundAsync(context)
                )
        );
        routes.MapGet("/api/items/{key}/screenshot", async context => await ScreenshotAsync(context, opening));
    }

    private static async Task ScreenshotAsync(HttpContext context, Task<GradingDesk> opening)
    {
        if (await Requested.OutputAsync(context, opening) is not (var desk, { } key) || desk.Screenshot(key) is not { } bytes)
        {
            await Refusal.NotFoundAsync(context);
            return;
        }
        context.Response.ContentType = "image/png";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
