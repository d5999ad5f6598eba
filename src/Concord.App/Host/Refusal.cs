using Concord.App.Host.Documents;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;

namespace Concord.App.Host;

/// <summary>Answers with what went wrong and how to mend it, in words that keep the page blind.</summary>
internal static class Refusal
{
    public static Task WriteAsync(HttpContext context, int status, ProblemDocument problem)
    {
        context.Response.StatusCode = status;
        return HostJson.WriteAsync(context, problem, HostJson.Default.ProblemDocument);
    }

    public static Task NotFoundAsync(HttpContext context) =>
        WriteAsync(
            context,
            StatusCodes.Status404NotFound,
            new("There is no such thing in this session.", null, "Reload the page.")
        );

    /// <summary>Runs the rest, and turns what it throws into an answer.</summary>
    public static async Task AroundAsync(HttpContext context, RequestDelegate next, Task<GradingDesk> opening, Action<string> say)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            if (e is not OperationCanceledException)
                say(Blind(opening)(e.Message));
            context.Abort();
        }
        catch (GradeConflictException e)
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            await HostJson.WriteAsync(
                context,
                new ConflictDocument((await opening).GradeOf(e.Current)),
                HostJson.Default.ConflictDocument
            );
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(context, e.StatusCode, new("The request cannot be read.", null, "Reload the page."));
        }
        catch (ConcordException e)
        {
            var blind = Blind(opening);
            await WriteAsync(
                context,
                StatusOf(e.Problems[0].Rule),
                new(
                    blind(string.Join(' ', e.Problems.Select(p => p.What))),
                    e.Problems[0].Path.Length == 0 ? null : blind(e.Problems[0].Place),
                    blind(e.Problems[0].Mend)
                )
            );
        }
#pragma warning disable CA1031 // A bug in one answer must not end the session; the terminal tells it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            say(Blind(opening)($"This is a bug in Concord. Please report it with this text: {e}"));
            await WriteAsync(
                context,
                StatusCodes.Status500InternalServerError,
                new("The grading host failed.", null, "Look at the terminal where 'concord grade' runs.")
            );
        }
    }

    // Before the workspace is read nobody knows its models, and no text of it is told.
    private static Func<string, string> Blind(Task<GradingDesk> opening) =>
        opening.IsCompletedSuccessfully ? opening.Result.Blind : _ => "The session could not be opened.";

    // The page tries again where the status is of the 500s.
    private static int StatusOf(string rule) =>
        rule switch
        {
            "unknown-output" => StatusCodes.Status404NotFound,
            "other-output" => StatusCodes.Status410Gone,
            "cannot-write" or "cannot-read" or "git-failed" or "vanished" => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
}
