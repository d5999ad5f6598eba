namespace Concord.BrowserTests.Support;

/// <summary>Holds the page's requests until it is opened: a slow network, as long as a test needs it.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    /// <summary>How many requests have come so far.</summary>
    public int Seen => _seen;

    public void Open() => _open.TrySetResult();

    /// <summary>Holds requests of a method to an address, after the first few.</summary>
    public Task HoldAsync(IPage page, string address, string method, int after = 0) =>
        page.RouteAsync(
            address,
            async route =>
            {
                if (route.Request.Method == method && Interlocked.Increment(ref _seen) > after)
                    await _open.Task;
                await route.ContinueAsync();
            }
        );
}
