using Concord.App.Commands;
using Concord.Core.Domain;
using Concord.Pipeline.Submitting;

namespace Concord.App.Host;

/// <summary>The page's session being handed in: once at a time, however many windows ask.</summary>
/// <param name="options">How the page is served.</param>
/// <param name="opening">The desk.</param>
internal sealed class PageSubmission(GradingHostOptions options, Task<GradingDesk> opening)
{
    private readonly Lock _one = new();
    private Task<SubmitResult>? _running;
    private volatile string? _step;

    /// <summary>What is being done; null where nothing is.</summary>
    public string? Step => _step;

    /// <summary>Begins, or joins what has begun. A page that goes away does not stop it.</summary>
    /// <param name="stopping">The host's end.</param>
    public Task<SubmitResult> RunAsync(CancellationToken stopping)
    {
        lock (_one)
            return _running is { IsCompleted: false } ? _running : _running = Task.Run(() => SubmitAsync(stopping), stopping);
    }

    private async Task<SubmitResult> SubmitAsync(CancellationToken stopping)
    {
        try
        {
            var desk = await opening;
            _step = "Committing what is saved.";
            var submission = await Submission.OpenAsync(
                new(options.Root, desk.Grader, options.Time, words => _step = desk.Blind(words))
                {
                    Version = ConcordCli.Version.Split('+')[0],
                },
                stopping
            );
            var result = await Handover.OfAsync(submission, desk.Grader, desk.Session.AtRestAsync, stopping);
            var joined = result.Replaced.Count;
            return result with
            {
                Message = desk.Blind(
                    joined == 0
                        ? result.Message
                        : $"{result.Message} {Cells.Count(joined, "grade")} gave way to a later one from another machine of yours."
                ),
            };
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new ConcordException(
                "stopped",
                "The grading host was ended in the midst of handing in.",
                "Nothing is lost: run 'concord submit', which goes on where this stopped."
            );
        }
        finally
        {
            _step = null;
        }
    }
}
