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

    [Fact]
    public void Rules_that_were_asked_for_are_told_with_their_options_in_the_order_applied()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5) with
            {
                License = "MIT",
            },
            Given.Candidate("b", 4) with
            {
                License = "mit",
            },
            Given.Candidate("c", 3),
        ];
        var lines = Lines(
            outputs,
            Given.NoLimits with
            {
                OpenWeightsOnly = true,
                MaxLengthRatio = 1.5,
                MinConfidence = 0.7,
                MaxModelShare = 1,
            }
        );
        Assert.Equal("Licence not known to be open (--open-weights-only): 1 of 3 outputs left out.", lines[2]);
        Assert.Equal("Lengths too different (--max-length-ratio 1.5): 0 of 1 pair left out.", lines[8]);
        Assert.Equal("Confidence too low (--min-confidence 0.7): 0 of 1 pair left out.", lines[9]);
        Assert.Equal(
            "Model with too large a share of the chosen or of the rejected (--max-model-share 1): 0 of 1 pair left out.",
            lines[12]
        );
        Assert.Equal(13, lines.Count);
    }

    [Fact]
    public void An_empty_export_names_the_new_options_where_they_emptied_it()
    {
        Candidate[] outputs = [Given.Candidate("a", 5, text: new('x', 50)), Given.Candidate("b", 4, text: new('y', 20))];
        string Last(PairRules rules) => Lines(outputs, rules)[^1];
        Assert.Equal(
            "The rule that left nothing: Licence not known to be open (--open-weights-only). The nearest setting that would leave a pair: without --open-weights-only.",
            Last(Given.NoLimits with { OpenWeightsOnly = true })
        );
        Assert.Equal(
            "The rule that left nothing: Confidence too low (--min-confidence 0.9). The nearest setting that would leave a pair: --min-confidence 0.75.",
            Last(Given.NoLimits with { MinConfidence = 0.9 })
        );
        Assert.Equal(
            "The rule that left nothing: Lengths too different (--max-length-ratio 2). The nearest setting that would leave a pair: --max-length-ratio 2.5 --min-confidence 0.75.",
            Last(Given.NoLimits with { MaxLengthRatio = 2, MinConfidence = 0.8 })
        );
        Assert.Equal(
            "The rule that left nothing: Model with too large a share of the chosen or of the rejected (--max-model-share 0.5). The nearest setting that would leave a pair: --max-model-share 1.",
            Last(Given.NoLimits with { MaxModelShare = 0.5 })
        );
    }
}
