using Concord.App.Host.Documents;

namespace Concord.App.Host;

/// <summary>What the grader says of one output.</summary>
internal static class GradeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, TimeProvider time, Task<GradingDesk> opening)
    {
        routes.MapPut("/api/items/{key}/draft", async context => await DraftAsync(context, time, opening));
        routes.MapPut("/api/items/{key}/grade", async context => await GradeAsync(context, opening));
    }

    private static async Task DraftAsync(HttpContext context, TimeProvider time, Task<GradingDesk> opening)
    {
        var (desk, found) = await Requested.OutputAsync(context, opening);
        if (found is not { } key)
        {
            await Refusal.NotFoundAsync(context);
            return;
        }
        var problems = new List<FieldProblem>();
        var body = await HostJson.ReadAsync(context, HostJson.Default.DraftBody);
        if (GradeEntries.Of(body, desk.Workspace.Benchmark, time.GetUtcNow().UtcDateTime, problems) is not { } draft)
        {
            await InvalidAsync(context, problems);
            return;
        }
        // A page that goes away sends its last draft and does not wait for the answer.
        await desk.Session.SaveDraftAsync(key, draft, CancellationToken.None);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task GradeAsync(HttpContext context, Task<GradingDesk> opening)
    {
        var (desk, found) = await Requested.OutputAsync(context, opening);
        if (found is not { } key)
        {
            await Refusal.NotFoundAsync(context);
            return;
        }
        var problems = new List<FieldProblem>();
        var body = await HostJson.ReadAsync(context, HostJson.Default.GradeBody);
        if (GradeEntries.Of(body, desk.OutputOf(key), desk.Workspace.Benchmark, desk.IsDecision, problems) is not { } entry)
        {
            await InvalidAsync(context, problems);
            return;
        }
        var saved = await desk.Session.SaveAsync(entry, body.Base, CancellationToken.None);
        await desk.Session.RefreshPeersAsync(CancellationToken.None);
        await HostJson.WriteAsync(
            context,
            new(desk.GradeOf(saved), desk.StateOf(key), desk.Session.Pending.Count, desk.NextAfter(key)),
            HostJson.Default.SavedDocument
        );
    }

    private static Task InvalidAsync(HttpContext context, IReadOnlyList<FieldProblem> problems)
    {
        context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return HostJson.WriteAsync(context, new(problems), HostJson.Default.InvalidDocument);
    }
}
