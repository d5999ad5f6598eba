using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics.Agreement;

public class AgreementReadingTests
{
    [Theory]
    [InlineData(0.800, "rely")]
    [InlineData(0.799, "tentative")]
    [InlineData(0.667, "tentative")]
    [InlineData(0.666, "do not rely")]
    [InlineData(-0.2, "do not rely")]
    public void Alpha_is_read_by_the_lower_limit(double low, string reading) =>
        Assert.Equal(reading, AgreementReading.OfAlpha(new(0.9, new(low, 0.95))));

    [Fact]
    public void Without_an_interval_there_is_no_reading() => Assert.Null(AgreementReading.OfAlpha(new(0.9)));
}
