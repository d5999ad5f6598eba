using Concord.Core.Domain;
using Concord.Core.Domain.Grading;
using Concord.Core.Statistics;

namespace Concord.Tests.Domain.Grading;

/// <summary>Simulated graders: what they are shown, and what it costs to reach the overlap. A surplus is a grade beyond outputs × overlap.</summary>
public sealed class AssignmentSimulationTests
{
    private static readonly Assignable[] Equal = Outputs.Of(4, 4, 4, 4, 4, 4);
    private static readonly Assignable[] Unequal = Outputs.Of(7, 3, 9, 4, 6);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Over_sixty_graders_every_mean_place_is_the_middle_and_every_pair_comes_thirty_times_in_either_order(bool together)
    {
        var orders = Enumerable.Range(0, 60).Select(g => Outputs.Order(Unequal, g, together: together)).ToArray();

        var (worstMean, worstPair) = Imbalance(orders);

        Assert.Equal((0, 0), (worstMean, worstPair));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void One_after_another_sixty_graders_stay_near_the_middle_whoever_stops_early(double stopping)
    {
        var random = new Xoshiro256(7);
        var counts = Equal.ToDictionary(o => o.Key, _ => 0);
        var orders = new List<OutputKey[]>();
        for (var grader = 0; grader < 60; grader++)
        {
            var order = Outputs.Order([.. Equal.Select(o => o with { PeerGraders = counts[o.Key] })], grader);
            orders.Add(order);
            foreach (var key in order.Take(random.NextDouble() < stopping ? 1 + random.NextInt(order.Length) : order.Length))
                counts[key]++;
        }

        var (worstMean, worstPair) = Imbalance(orders);

        // Of the middle of the order; and of the 60 orders, how far a pair is from 30 and 30.
        Assert.InRange(worstMean, 0, 0.10);
        Assert.InRange(worstPair, 0, 0.10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_after_another_no_grade_is_in_surplus_and_counts_never_differ_by_more_than_one(int overlap)
    {
        var random = new Xoshiro256((ulong)overlap);
        var counts = Unequal.ToDictionary(o => o.Key, _ => 0);
        var grades = 0;
        for (var grader = 0; counts.Values.Min() < overlap; grader++)
        {
            var order = Outputs.Order([.. Unequal.Select(o => o with { PeerGraders = counts[o.Key] })], grader, overlap);
            foreach (var key in order.Take(1 + random.NextInt(order.Length)))
            {
                if (counts.Values.Min() >= overlap)
                    break;
                counts[key]++;
                grades++;
                Assert.InRange(counts.Values.Max() - counts.Values.Min(), 0, 1);
            }
        }
        Assert.Equal(Unequal.Length * overlap, grades);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    [InlineData(6, 1)]
    [InlineData(6, 2)]
    [InlineData(6, 3)]
    [InlineData(3, 3)]
    public void In_parallel_graders_who_never_hear_of_each_other_need_no_surplus_where_their_number_fits(int graders, int overlap)
    {
        var counts = Equal.ToDictionary(o => o.Key, _ => 0);
        var orders = Enumerable.Range(0, graders).Select(g => Outputs.Order(Equal, g, overlap)).ToArray();
        var grades = 0;
        for (var step = 0; counts.Values.Min() < overlap; step++)
            foreach (var order in orders)
            {
                counts[order[step]]++;
                grades++;
            }
        Assert.InRange(grades - (Equal.Length * overlap), 0, graders);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Sixty_at_once_need_at_most_one_grade_each_beyond_what_the_overlap_needs(int overlap)
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var (surplus, graders) = Surplus(60, overlap, seed, early: false);
            Assert.InRange(surplus, 0, graders);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_parallel_at_any_pace_with_late_news_the_surplus_is_below_one_a_grader_on_average_and_below_two_and_a_half_at_worst(
        bool halfStopEarly
    )
    {
        var shares = new List<double>();
        foreach (var desks in new[] { 2, 3, 4, 5, 6, 8, 12 })
            for (var overlap = 1; overlap <= Math.Min(3, desks); overlap++)
            for (var seed = 1UL; seed <= 20; seed++)
            {
                var (surplus, graders) = Surplus(desks, overlap, seed, halfStopEarly);
                shares.Add(surplus / (double)graders);
            }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"worst {shares.Max():f2}, mean {shares.Average():f2}, above one {shares.Count(s => s > 1)} of {shares.Count}"
        );
        // One a grader does not hold in every run; these bounds are what was measured (0.67 and 2.33), rounded up, to notice a change for the worse.
        Assert.InRange(shares.Max(), 0, 2.5);
        Assert.InRange(shares.Average(), 0, 1);
    }

    /// <summary>Orders drawn at the start; a grade is heard of when it is saved and not while it is in the making. Who stops is replaced by the next number.</summary>
    private static (int Surplus, int Graders) Surplus(int atOnce, int overlap, ulong seed, bool early)
    {
        var random = new Xoshiro256(seed);
        var counts = Equal.ToDictionary(o => o.Key, _ => 0);
        var (grades, number) = (0, 0);
        var desks = new PriorityQueue<(OutputKey[] Order, HashSet<OutputKey> Open, OutputKey At, int Left), double>();
        void Sit(double now)
        {
            var order = Outputs.Order([.. Equal.Select(o => o with { PeerGraders = counts[o.Key] })], number, overlap);
            var left = early && number % 2 == 1 ? 1 + random.NextInt(order.Length) : order.Length;
            number++;
            Show(order, [.. order], null, left, now);
        }
        void Show(OutputKey[] order, HashSet<OutputKey> open, OutputKey? at, int left, double now)
        {
            if (AssignmentOrder.Next(order, at, open.Contains, k => counts[k], overlap) is { } next && counts[next] < overlap)
                desks.Enqueue((order, open, next, left), now + 0.5 + random.NextDouble());
        }
        for (var desk = 0; desk < atOnce; desk++)
            Sit(0);
        while (counts.Values.Min() < overlap)
        {
            if (!desks.TryDequeue(out var desk, out var now))
            {
                Sit(0);
                continue;
            }
            counts[desk.At]++;
            grades++;
            desk.Open.Remove(desk.At);
            if (desk.Left == 1)
                Sit(now);
            else
                Show(desk.Order, desk.Open, desk.At, desk.Left - 1, now);
        }
        return (grades - (Equal.Length * overlap), number);
    }

    /// <summary>The farthest mean place from the middle, as a share of the middle; and of all pairs the farthest from equal, as a share of the orders.</summary>
    private static (double Mean, double Pair) Imbalance(IReadOnlyList<OutputKey[]> orders)
    {
        OutputKey[] keys = [.. orders[0].Order()];
        var places = orders.Select(o => o.Select((k, i) => (k, i)).ToDictionary(p => p.k, p => p.i + 1)).ToArray();
        var middle = (keys.Length + 1) / 2.0;
        return (
            keys.Max(k => Math.Abs(places.Average(p => p[k]) - middle) / middle),
            keys.SelectMany((a, i) => keys.Skip(i + 1).Select(b => places.Count(p => p[a] < p[b])))
                .Max(n => Math.Abs((n / (double)orders.Count) - 0.5))
        );
    }
}
