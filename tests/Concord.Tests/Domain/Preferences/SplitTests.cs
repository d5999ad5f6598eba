using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class SplitTests
{
    private const string Long =
        "Draw a bar chart of the ten largest cities by the number of their people, with a title, both axes and a legend.";

    [Fact]
    public void Prompts_that_say_nearly_the_same_are_one_family_also_through_a_third()
    {
        var prompts = new Dictionary<ChallengeId, string>
        {
            [Id("c")] = Long,
            [Id("b")] = "Draw a map of the world.",
            [Id("d")] = $"  {Long}\n<!-- again -->",
            [Id("a")] = Long + "\n\n",
        };

        var families = ChallengeFamilies.Of(One(prompts));

        Assert.Equal(
            [("a", "a"), ("b", "b"), ("c", "a"), ("d", "a")],
            families.OrderBy(f => f.Key).Select(f => (f.Key.ToString(), f.Value.ToString()))
        );
    }

    [Fact]
    public void A_family_that_hangs_together_only_by_others_is_one()
    {
        // Each says all but one in fifty of what the one before says, and the last hardly anything of the first.
        var words = Enumerable.Range(0, 400).Select(i => $"word{i}").ToArray();
        var prompts = Enumerable
            .Range(0, 40)
            .ToDictionary(i => Id($"c{i:00}"), i => string.Join(' ', words.Select((w, n) => n < i ? $"other{n}" : w)));
        Assert.False(NearDuplicate.Between(prompts[Id("c00")], prompts[Id("c39")]));

        Assert.All(ChallengeFamilies.Of(One(prompts)).Values, f => Assert.Equal(Id("c00"), f));
    }

    [Fact]
    public void No_family_lies_in_two_splits_over_two_hundred_salts()
    {
        var prompts = Enumerable
            .Range(0, 60)
            .ToDictionary(i => Id($"c{i:00}"), i => i % 3 == 0 ? $"{Long} {i}" : $"Prompt {i} asks for something else.");
        foreach (var i in Enumerable.Range(0, 20))
            prompts[Id($"c{i:00}")] = Long;
        var families = ChallengeFamilies.Of(One(prompts));
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var shares = new SplitShares(0.2, 0.2, $"{random.NextInt64():x}");
            Assert.All(
                families.GroupBy(f => f.Value),
                family => Assert.Single(family.Select(c => shares.Of(families[c.Key])).Distinct())
            );
        }
    }

    [Fact]
    public void Prompts_that_differ_in_a_word_a_comment_or_spaces_stay_together_over_two_hundred_salts()
    {
        string[] words = [.. Enumerable.Range(0, 400).Select(i => $"word{i}")];
        string Prompt(int topic, int form) =>
            string.Join(
                form == 1 ? "\n  " : " ",
                words
                    .Select((w, n) => form == 2 && n == 200 ? "another" : $"{w}of{topic}")
                    .Append(form == 3 ? "<!-- a note -->" : "")
            );
        var prompts = Enumerable.Range(0, 40).ToDictionary(i => Id($"c{i:00}"), i => Prompt(i / 4, i % 4));

        var families = ChallengeFamilies.Of(One(prompts));

        Assert.Equal(10, families.Values.Distinct().Count());
        var random = new Random(11);
        for (var i = 0; i < 200; i++)
        {
            var shares = new SplitShares(0.3, 0.3, $"{random.NextInt64():x}");
            for (var c = 0; c < 40; c++)
                Assert.Equal(shares.Of(families[Id($"c{c / 4 * 4:00}")]), shares.Of(families[Id($"c{c:00}")]));
        }
    }

    [Fact]
    public void Shares_are_kept_about_and_another_salt_draws_anew()
    {
        var ids = Enumerable.Range(0, 10_000).Select(i => Id($"c{i}")).ToArray();
        var (first, second) = (new SplitShares(0.1, 0.2, "a"), new SplitShares(0.1, 0.2, "b"));

        var drawn = ids.CountBy(first.Of).ToDictionary();

        Assert.InRange(drawn[Split.Test], 1_800, 2_200);
        Assert.InRange(drawn[Split.Validation], 850, 1_150);
        Assert.InRange(ids.Count(i => first.Of(i) != second.Of(i)), 3_000, 6_500);
    }

    // SHA-256 of "a|c1", as sha256sum prints it, begins with 557bb2: 0.33391 of the whole.
    [Theory]
    [InlineData(0.1, 0.334, Split.Test)]
    [InlineData(0.1, 0.333, Split.Validation)]
    [InlineData(0.1, 0.2339, Split.Train)]
    public void Where_a_family_lies_can_be_told_by_hand(double validation, double test, Split where) =>
        Assert.Equal(where, new SplitShares(validation, test, "a").Of(Id("c1")));

    [Fact]
    public void All_may_go_to_training()
    {
        var shares = new SplitShares(0, 0, "");

        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(Split.Train, shares.Of(Id($"c{i}"))));
    }

    private static ChallengeId Id(string text) => ChallengeId.Parse(text);

    private static Dictionary<ChallengeId, IReadOnlyCollection<string>> One(Dictionary<ChallengeId, string> prompts) =>
        prompts.ToDictionary(p => p.Key, IReadOnlyCollection<string> (p) => [p.Value]);
}
