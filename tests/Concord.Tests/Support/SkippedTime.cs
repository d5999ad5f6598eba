using System.Collections.Concurrent;

namespace Concord.Tests.Support;

/// <summary>A clock on which waits are remembered and not waited for.</summary>
internal class SkippedTime : TimeProvider
{
    private TimeSpan _passed;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        _passed += dueTime;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
