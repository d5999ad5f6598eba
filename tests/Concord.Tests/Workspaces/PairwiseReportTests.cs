using System.Text;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Domain.Consensus;

namespace Concord.Tests.Workspaces;

public sealed class PairwiseReportTests
{
    [Fact]
    public void Every_model_stands_against_every_other_with_its_strength()
    {
        var text = Report(new Poll().Grades("m", "4", "2").Grades("n", "3", "3"));

        Assert.Contains(
            "| Model | against m | against n | Won | Tied | Lost | Strength | 95 % interval |",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("| m | – | 1, 0, 1 | 1 | 0 | 1 | 0 | -1.386 to 1.386 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_strengths_the_reason_stands_there()
    {
        var text = Report(new Poll().Grades("m", "4").Grades("n", "3"));

        Assert.Contains("| m | – | 1, 0, 0 | 1 | 0 | 0 |\n", text, StringComparison.Ordinal);
        Assert.Contains("undefined: m never lost to n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_models_have_no_columns_against_each()
    {
        var poll = new Poll();
        for (var i = 0; i < 7; i++)
            poll.Grades($"m{i}", "3");

        Assert.Contains("| Model | Won | Tied | Lost | Strength |", Report(poll), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_graded_two_models_there_is_no_such_part() =>
        Assert.Equal("", Report(new Poll().Grade("ada", "4", "m").Grade("ben", "4", "n")));

    private static string Report(Poll poll)
    {
        var text = new StringBuilder();
        PairwiseReport.Append(text, poll.Tables(), poll.Workspace().Benchmark);
        return text.ToString();
    }
}
