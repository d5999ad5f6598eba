using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

/// <summary>The numbers that the source project's own rules give on its own grades.</summary>
public sealed class VizhubPairsTests
{
    private static readonly PairRules Rules = new()
    {
        MinVotes = 1,
        MinCommon = 1,
        MinMargin = 0.5,
        MinChosen = 0,
        MaxPerPrompt = 0,
    };

    [Theory]
    [InlineData(PairStrategy.BestVsRest, 1, 1, 9)]
    [InlineData(PairStrategy.All, 1, 1, 37)]
    [InlineData(PairStrategy.All, 0.6, 0.4, 27)]
    public void Its_own_rules_give_its_own_numbers_of_pairs(
        PairStrategy strategy,
        double functionality,
        double aesthetics,
        int pairs
    )
    {
        var (selected, report) = PairSelection.Select(
            VizhubGrades.Weighted(functionality, aesthetics),
            Rules with
            {
                Strategy = strategy,
            }
        );
        Assert.Equal(pairs, selected.Count);
        Assert.Equal(pairs, report.Pairs);
        Assert.Equal((10, 10, 1), (report.Candidates, report.Models, report.Challenges));
    }

    [Fact]
    public void The_only_perfect_output_is_chosen_against_each_of_the_nine_others()
    {
        var (pairs, _) = PairSelection.Select(VizhubGrades.Weighted(1, 1), Rules);
        Assert.All(pairs, p => Assert.Equal("qwen/qwq-32b", p.Chosen.Key.Model.Value));
        Assert.Equal(9, pairs.Select(p => p.Rejected.Key).Distinct().Count());
    }

    [Fact]
    public void All_pairs_lose_eight_to_ties_with_equal_weights_and_ten_more_to_the_margin_with_the_benchmarks()
    {
        var (_, equal) = PairSelection.Select(VizhubGrades.Weighted(1, 1), Rules with { Strategy = PairStrategy.All });
        Assert.Equal((8, 0), (equal.Removed(PairRule.Ties), equal.Removed(PairRule.Margin)));
        var (_, own) = PairSelection.Select(VizhubGrades.Weighted(0.6, 0.4), Rules with { Strategy = PairStrategy.All });
        Assert.Equal((8, 10), (own.Removed(PairRule.Ties), own.Removed(PairRule.Margin)));
    }

    [Fact]
    public void With_one_grader_our_defaults_leave_nothing_and_name_votes_and_common_graders()
    {
        var (pairs, report) = PairSelection.Select(VizhubGrades.Weighted(0.6, 0.4), new PairRules());
        Assert.Empty(pairs);
        Assert.Equal(PairRule.Votes, report.EmptiedBy);
        Assert.Equal(new PairRules { MinVotes = 1, MinCommon = 1 }, report.Nearest);
    }

    [Fact]
    public void No_two_of_the_graded_replies_are_near_duplicates()
    {
        var folder = Replies();
        Assert.SkipWhen(folder is null, "The replies of vizhub-benchmarks are not beside this clone (../shared).");
        string[] texts = [.. VizhubGrades.Rows.Select(r => File.ReadAllText(Path.Combine(folder!, r.Model, "llmResponse.md")))];
        for (var i = 0; i < texts.Length; i++)
        for (var j = i + 1; j < texts.Length; j++)
            Assert.False(
                NearDuplicate.Between(texts[i], texts[j]),
                $"{VizhubGrades.Rows[i].Model} and {VizhubGrades.Rows[j].Model}"
            );
    }

    private static string? Replies()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "eval.sln")))
            {
                var folder = Path.Combine(at.FullName, "../shared/reference/vizhub/llm_responses/stockPriceChart");
                return Directory.Exists(folder) ? folder : null;
            }
        return null;
    }
}
