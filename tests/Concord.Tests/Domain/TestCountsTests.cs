using Concord.Core.Domain;

namespace Concord.Tests.Domain;

public sealed class TestCountsTests
{
    [Theory]
    [InlineData("TAP version 13\nok 1 - a\nnot ok 2 - b\n1..2\n# tests 2\n# pass 1\n# fail 1\n# cancelled 0", 1, 2, "b")]
    [InlineData("✔ a (1ms)\nℹ tests 2\nℹ pass 2\nℹ fail 0\n", 2, 2, "")]
    [InlineData("# tests 0\n# pass 0\n# fail 0\n", 0, 0, "")]
    [InlineData("# tests 2\n# pass 1\n# fail 0\n# cancelled 1\n", 1, 2, "")]
    [InlineData("ok 1\nok 2 - named\nnot ok 3 - x # TODO later\nnot ok\r\n1..4", 2, 3, "")]
    [InlineData("..F\nRan 3 tests in 0.001s\n\nFAILED (failures=1)\n", 2, 3, "")]
    [InlineData("Ran 1 test in 0.000s\n\nOK\n", 1, 1, "")]
    [InlineData("Ran 4 tests in 1s\nFAILED (failures=1, errors=2)", 1, 4, "")]
    [InlineData("==== 1 failed, 2 passed in 0.01s ====", 2, 3, "")]
    [InlineData("3 passed in 0.10s", 3, 3, "")]
    public void Totals_of_test_runners_are_read(string output, int passed, int total, string failed)
    {
        var counts = TestCounts.In(output)!;

        Assert.Equal((passed, total, failed), (counts.Passed, counts.Total, string.Join(", ", counts.Failed)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("add test passed")]
    [InlineData("okay, 3 tests")]
    [InlineData("# pass 3")]
    public void Other_output_counts_nothing(string output) => Assert.Null(TestCounts.In(output));

    [Fact]
    public void Names_are_few_short_and_on_one_line()
    {
        var counts = TestCounts.In(
            string.Concat(Enumerable.Range(0, 9).Select(i => $"not ok {i} - {new string('x', 200)}\u001b[31m\n"))
        )!;

        Assert.Equal(3, counts.Failed.Count);
        Assert.All(counts.Failed, n => Assert.True(n.Length < 80 && !n.Any(char.IsControl)));
    }
}
