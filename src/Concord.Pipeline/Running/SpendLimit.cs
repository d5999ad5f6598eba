namespace Concord.Pipeline.Running;

/// <summary>
/// Keeps a run's cost below a limit: a request is sent only where what was paid, what those in flight may cost at most, and
/// what it may cost itself fit together.
/// </summary>
/// <param name="most">US dollars; null sets no limit.</param>
internal sealed class SpendLimit(double? most)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private double _spent;
    private double _reserved;

    /// <summary>US dollars paid, as far as known.</summary>
    public double Spent
    {
        get
        {
            lock (_lock)
                return _spent;
        }
    }

    /// <summary>Reserves what a request may cost; waits while others in flight may still turn out cheaper.</summary>
    /// <returns>Whether it fits; false once nothing in flight can change that.</returns>
    public async Task<bool> ReserveAsync(double atMost, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (most is not { } limit || _spent + _reserved + atMost <= limit)
                {
                    _reserved += atMost;
                    return true;
                }
                if (_reserved <= 0)
                    return false;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>Adds what a failed attempt cost, and says whether another one fits beside its reservation.</summary>
    public bool Charge(double cost)
    {
        lock (_lock)
        {
            _spent += cost;
            return most is not { } limit || _spent + _reserved <= limit;
        }
    }

    /// <summary>Replaces a reservation by what was paid.</summary>
    public void Settle(double reserved, double paid)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            // Sums of fractions do not come back to nothing by themselves.
            _reserved = Math.Abs(_reserved - reserved) < 1e-12 ? 0 : _reserved - reserved;
            _spent += paid;
            (changed, _changed) = (_changed, New());
        }
        changed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
