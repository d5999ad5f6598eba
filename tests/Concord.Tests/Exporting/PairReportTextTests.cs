using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Exporting;
using Concord.Tests.Domain.Preferences;

namespace Concord.Tests.Exporting;

public sealed class PairReportTextTests
{
    private static IReadOnlyList<string> Lines(IEnumerable<Candidate> candidates, PairRules rules) =>
        PairReportText.Lines(PairSelection.Select(candidates, rules).Report);

    [Fact]
    public void A_report_says_what_was_selected_and_what_every_rule_left_out() =>
        Assert.Equal(
            [
                "3 pairs over 4 models (10 graded outputs of 1 challenge, pairs all).",
                "Too few votes (--min-votes 1): 0 of 10 outputs left out.",
                "Too few graders in common (--min-common 1): 0 of 45 pairs left out.",
                "Ties: 8 of 45 pairs left out.",
                "Margin too small (--min-margin 0.75): 14 of 37 pairs left out.",
                "Chosen output not good enough (--min-chosen 3): 0 of 23 pairs left out.",
                "Better overall but worse on a criterion: 0 of 23 pairs left out.",
                "Exact or near duplicates: 0 of 23 pairs left out.",
                "More pairs than a prompt may have (--max-per-prompt 3): 20 of 23 pairs left out.",
            ],
            Lines(
                VizhubGrades.Weighted(0.6, 0.4),
                new()
                {
                    Strategy = PairStrategy.All,
                    MinVotes = 1,
                    MinCommon = 1,
                }
            )
        );

    [Fact]
    public void An_empty_export_names_the_rule_that_emptied_it_and_the_nearest_setting_that_would_not()
    {
        var lines = Lines(VizhubGrades.Weighted(0.6, 0.4), new());
        Assert.Equal("No pairs (10 graded outputs of 1 challenge, pairs best-vs-rest).", lines[0]);
        Assert.Equal("Too few votes (--min-votes 2): 10 of 10 outputs left out.", lines[1]);
        Assert.Equal(
            "The rule that left nothing: Too few votes (--min-votes 2). The nearest setting that would leave a pair: --min-votes 1 --min-common 1.",
            lines[^1]
        );
    }

    [Fact]
    public void An_empty_export_names_a_margin_and_the_option_that_keeps_conflicts()
    {
        Candidate[] outputs = [Given.Candidate("a", 4, [5, 3]), Given.Candidate("b", 3.5, [2, 4])];
        Assert.Equal(
            "The rule that left nothing: Margin too small (--min-margin 0.75). The nearest setting that would leave a pair: --min-margin 0.5 --keep-conflicts.",
            Lines(outputs, new())[^1]
        );
    }

    [Fact]
    public void An_empty_export_that_no_setting_would_fill_says_so()
    {
        Assert.Equal(
            "The rule that left nothing: Ties. No setting would leave a pair: all that can be compared are ties or duplicates.",
            Lines([Given.Candidate("a", 4), Given.Candidate("b", 4)], new())[^1]
        );
        Assert.Equal(
            "No challenge has two graded outputs, so there is nothing to compare. Grade more outputs.",
            Lines([], new())[^1]
        );
    }
}
