using Concord.Pipeline.Running;

namespace Concord.Tests.Running;

public sealed class SpendLimitTests
{
    [Fact]
    public async Task What_is_in_flight_counts_until_it_is_paid()
    {
        var limit = new SpendLimit(1);
        Assert.True(await limit.ReserveAsync(0.6, TestContext.Current.CancellationToken));
        var second = limit.ReserveAsync(0.6, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);

        limit.Settle(0.6, 0.1);

        Assert.True(await second);
        limit.Settle(0.6, 0.5);
        Assert.Equal(0.6, limit.Spent, 12);
        Assert.False(await limit.ReserveAsync(0.5, TestContext.Current.CancellationToken));
        Assert.True(await limit.ReserveAsync(0.4, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Failed_attempts_are_paid_beside_the_reservation()
    {
        var limit = new SpendLimit(1);
        await limit.ReserveAsync(0.6, TestContext.Current.CancellationToken);

        Assert.True(limit.Charge(0.4));
        Assert.False(limit.Charge(0.1));
    }

    [Fact]
    public async Task At_any_concurrency_the_limit_holds_and_nobody_waits_for_ever()
    {
        var limit = new SpendLimit(10);
        var random = new Random(1);
        var work = Enumerable
            .Range(0, 400)
            .Select(_ => (AtMost: random.NextDouble(), Share: random.NextDouble(), Delay: random.Next(3)))
            .Select(w =>
                Task.Run(async () =>
                {
                    if (!await limit.ReserveAsync(w.AtMost, TestContext.Current.CancellationToken))
                        return;
                    await Task.Delay(w.Delay, TestContext.Current.CancellationToken);
                    limit.Settle(w.AtMost, w.AtMost * w.Share);
                })
            );

        await Task.WhenAll(work).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.InRange(limit.Spent, 8.5, 10);
    }
}
