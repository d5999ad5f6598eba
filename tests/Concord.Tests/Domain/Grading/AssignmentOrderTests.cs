using Concord.Core.Domain;
using Concord.Core.Domain.Grading;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Domain.Grading;

public sealed class AssignmentOrderTests
{
    [Fact]
    public void An_order_is_a_permutation_that_does_not_depend_on_the_inputs_order_or_the_session() =>
        Prop.ForAll(
                Cases,
                given =>
                {
                    var order = Outputs.Order(given.Outputs, given.Number, together: given.Together);
                    return order.Order().SequenceEqual(given.Outputs.Select(o => o.Key).Order())
                        && order.SequenceEqual(
                            Outputs.Order([.. given.Outputs.Reverse()], given.Number, together: given.Together, session: "two")
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Fewest_graders_come_first_and_all_that_have_enough_are_alike() =>
        Prop.ForAll(
                Cases,
                given =>
                {
                    var peers = given.Outputs.ToDictionary(o => o.Key, o => Math.Min(3, o.PeerGraders));
                    int[] levels =
                    [
                        .. Outputs.Order(given.Outputs, given.Number, together: given.Together).Select(k => peers[k]),
                    ];
                    return levels.SequenceEqual(levels.Order());
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Among_outputs_of_equal_need_neighbours_have_mirrored_orders() =>
        Prop.ForAll(
                Cases,
                given =>
                {
                    var even = given.Number / 2 * 2;
                    var peers = given.Outputs.ToDictionary(o => o.Key, o => Math.Min(3, o.PeerGraders));
                    var (first, second) = (Outputs.Order(given.Outputs, even), Outputs.Order(given.Outputs, even + 1));
                    return Enumerable
                        .Range(0, 4)
                        .All(level =>
                            first.Where(k => peers[k] == level).Reverse().SequenceEqual(second.Where(k => peers[k] == level))
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Outputs_of_a_challenge_that_equally_many_have_graded_follow_each_other()
    {
        var outputs = Outputs.Of(4, 5, 1, 6);
        for (var grader = 0; grader < 60; grader++)
        {
            ChallengeId[] challenges = [.. Outputs.Order(outputs, grader).Select(k => k.Challenge)];
            Assert.Equal(4, 1 + challenges.Zip(challenges.Skip(1)).Count(c => c.First != c.Second));
        }
    }

    [Fact]
    public void What_is_left_on_a_later_day_goes_on_in_the_order_of_the_first_where_challenges_were_finished()
    {
        // One challenge alone: every grader of it sees the same design, whatever else the benchmark has.
        var outputs = Outputs.Of(6, 6);
        var second = outputs.Where(o => o.Key.Challenge.Value == "c1").ToArray();
        for (var grader = 0; grader < 12; grader++)
            Assert.Equal(Outputs.Order(outputs, grader).Where(k => k.Challenge.Value == "c1"), Outputs.Order(second, grader));
    }

    [Fact]
    public void Sixty_graders_have_sixty_orders() =>
        Assert.Equal(
            60,
            Enumerable.Range(0, 60).Select(g => string.Join(' ', Outputs.Order(Outputs.Of(4, 5, 6, 4, 5), g))).Distinct().Count()
        );

    [Theory]
    [InlineData(6, 6)]
    [InlineData(7, 14)]
    [InlineData(12, 12)]
    public void Over_a_whole_design_every_place_and_every_neighbour_is_equally_frequent(int count, int graders)
    {
        var orders = Enumerable.Range(graders, graders).Select(g => Outputs.Order(Outputs.Of(count), g)).ToArray();

        var places = orders.SelectMany(o => o.Select((k, i) => (k, i))).CountBy(p => p).ToArray();
        var next = orders.SelectMany(o => o.Zip(o.Skip(1))).CountBy(p => p).ToArray();

        Assert.Equal(count * count, places.Length);
        Assert.All(places, p => Assert.Equal(graders / count, p.Value));
        Assert.Equal(count * (count - 1), next.Length);
        Assert.All(next, p => Assert.Equal(graders / count, p.Value));
    }

    [Fact]
    public void Graders_who_are_not_listed_get_orders_of_their_own()
    {
        var outputs = Outputs.Of(6, 6, 6);
        string Of(string name) => string.Join(' ', AssignmentOrder.Of(outputs, 3, "bench", GraderId.Parse(name), -1, "one"));

        Assert.Equal(Of("ada"), Of("ada"));
        Assert.True(Enumerable.Range(0, 40).Select(i => Of($"new-{i}")).Distinct().Count() > 20);
    }

    [Fact]
    public void Only_people_are_numbered_and_in_the_order_given()
    {
        Grader Listed(string id, GraderKind kind) => Grader.Unlisted(GraderId.Parse(id)) with { Kind = kind };
        Grader[] listed = [Listed("zoe", GraderKind.Expert), Listed("judge", GraderKind.Model), Listed("ada", GraderKind.Human)];

        Assert.Equal(
            [0, 1, -1, -1],
            new[] { "zoe", "ada", "judge", "new" }.Select(g => AssignmentOrder.NumberOf(listed, GraderId.Parse(g)))
        );
    }

    [Fact]
    public void An_output_twice_is_refused()
    {
        var outputs = Outputs.Of(2);
        Assert.Throws<ArgumentException>(() => Outputs.Order([.. outputs, outputs[0]], 0));
    }

    [Fact]
    public void Next_passes_over_what_peers_have_filled_and_comes_back_to_it()
    {
        OutputKey[] order = [.. Outputs.Of(4).Select(o => o.Key)];
        var peers = order.ToDictionary(k => k, _ => 0);
        peers[order[1]] = 3;
        var open = order.ToHashSet();
        var shown = new List<OutputKey>();
        OutputKey? at = null;
        while ((at = AssignmentOrder.Next(order, at, open.Contains, k => peers[k], 3)) is { } key)
        {
            shown.Add(key);
            open.Remove(key);
        }
        Assert.Equal([order[0], order[2], order[3], order[1]], shown);
    }

    private static Arbitrary<(Assignable[] Outputs, int Number, bool Together)> Cases { get; } =
        (
            from sizes in Gen.Choose(1, 7).NonEmptyListOf()
            from number in Gen.Choose(0, 99)
            from seed in Gen.Choose(0, 1000)
            from together in Gen.Elements(true, false)
            select (
                Outputs.Of([.. sizes.Take(6)]).Select((o, i) => o with { PeerGraders = (seed + (i * i * 7)) % 5 }).ToArray(),
                number,
                together
            )
        ).ToArbitrary();
}
