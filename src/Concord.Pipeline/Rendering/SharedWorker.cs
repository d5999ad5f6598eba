namespace Concord.Pipeline.Rendering;

/// <summary>
/// A worker that draws a few pages at a time, and is replaced when it breaks. A page that fails here may be a victim of those
/// beside it: see <see cref="RenderReply.IsDoubtful"/>.
/// </summary>
/// <param name="lanes">How many pages it gets at a time at most.</param>
internal sealed class SharedWorker(int lanes) : IAsyncDisposable
{
    // A worker that has drawn so many pages is replaced: what they leaked goes with it.
    private const int MostPages = 300;

    private readonly SemaphoreSlim _changing = new(1, 1);
    private RenderWorkerProcess? _worker;

    /// <summary>Draws a page in company.</summary>
    /// <exception cref="Core.Domain.ConcordException">No worker starts.</exception>
    public async Task<RenderReply> DrawAsync(RenderJob job, CancellationToken cancellation)
    {
        var worker = await TakeAsync(cancellation);
        try
        {
            return await worker.RenderAsync(job, cancellation);
        }
        finally
        {
            await ReturnAsync(worker);
        }
    }

    /// <summary>Ends the worker.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        _changing.Dispose();
    }

    private async Task<RenderWorkerProcess> TakeAsync(CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            if (_worker is { IsBroken: true } or { Pages: >= MostPages })
            {
                if (_worker.Users == 0)
                    await _worker.DisposeAsync();
                _worker = null;
            }
            _worker ??= await RenderWorkerProcess.StartAsync(lanes, cancellation);
            _worker.Users++;
            _worker.Pages++;
            return _worker;
        }
        finally
        {
            _changing.Release();
        }
    }

    // Who leaves a replaced worker last, ends it.
    private async Task ReturnAsync(RenderWorkerProcess worker)
    {
        await _changing.WaitAsync(CancellationToken.None);
        try
        {
            worker.Users--;
            if (worker.Users > 0 || (worker == _worker && !worker.IsBroken))
                return;
            if (worker == _worker)
                _worker = null;
        }
        finally
        {
            _changing.Release();
        }
        await worker.DisposeAsync();
    }
}
