namespace Concord.App.Host;

/// <summary>The session as a whole: what is to be graded, how it went, its pending commits.</summary>
internal static class SessionEndpoints
{
    public static void Map(
        IEndpointRouteBuilder routes,
        ServedNames names,
        Task<GradingDesk> opening,
        PageSubmission submission,
        CancellationToken stopping
    )
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
        routes.MapPost(
            "/api/submit",
            async context =>
            {
                var result = await submission.RunAsync(stopping);
                await HostJson.WriteAsync(
                    context,
                    new(result.Url?.AbsoluteUri, result.Pushed, result.Message),
                    HostJson.Default.SubmittedDocument
                );
            }
        );
        routes.MapGet(
            "/api/submit",
            async context => await HostJson.WriteAsync(context, new(submission.Step), HostJson.Default.SubmitStepDocument)
        );
    }
}
