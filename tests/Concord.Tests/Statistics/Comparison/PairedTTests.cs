using Concord.Core.Statistics.Comparison;

namespace Concord.Tests.Statistics.Comparison;

public sealed class PairedTTests
{
    // R's sleep data (Student 1908): t.test(extra ~ group, paired) prints t = -4.0621, df = 9, p-value = 0.002833.
    [Fact]
    public void The_sleep_data_of_Student_give_their_published_p() =>
        Assert.Equal(0.002833, PairedT.TwoSidedP([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])!.Value, 6);

    [Fact]
    public void Equal_differences_and_single_ones_are_undefined() =>
        Assert.All([PairedT.TwoSidedP([1, 1, 1]), PairedT.TwoSidedP([1]), PairedT.TwoSidedP([])], p => Assert.Null(p));
}
