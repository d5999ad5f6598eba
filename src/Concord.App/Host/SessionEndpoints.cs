namespace Concord.App.Host;

/// <summary>The session as a whole: what is to be graded, how it went, its pending commits.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ServedNames names, Task<GradingDesk> opening)
    {
        routes.MapGet(
            "/api/session",
            async context =>
            {
                var desk = await opening;
                await desk.Session.RefreshPeersAsync(context.RequestAborted);
                await HostJson.WriteAsync(
                    context,
                    desk.Document(names.PreviewOrigin(context.Request.Headers.Host.ToString())),
                    HostJson.Default.SessionDocument
                );
            }
        );
        routes.MapGet(
            "/api/summary",
            async context => await HostJson.WriteAsync(context, (await opening).Summary(), HostJson.Default.SummaryDocument)
        );
        routes.MapPost(
            "/api/commit",
            async context =>
                await HostJson.WriteAsync(
                    context,
                    // What is on disk is committed, even if the page has gone.
                    new(await (await opening).Session.CommitPendingAsync(CancellationToken.None)),
                    HostJson.Default.PendingDocument
                )
        );
        routes.MapPost("/api/submit", async context => await SubmitAsync(context, await opening));
    }

    private static Task SubmitAsync(HttpContext context, GradingDesk desk) =>
        Refusal.WriteAsync(
            context,
            StatusCodes.Status501NotImplemented,
            new(
                "Concord cannot open pull requests yet.",
                null,
                desk.Commits
                    ? $"Push the branch {desk.Session.Branch} and open it by hand."
                    : "The grades are in grades/: commit them, push, and open it by hand."
            )
        );
}
