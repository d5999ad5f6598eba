using System.Security.Cryptography;
using System.Text;

namespace Concord.Tests.Statistics;

public class SyntheticRatingsTests
{
    [Fact]
    public void The_file_of_20000_items_is_the_one_the_reference_values_were_computed_from()
    {
        var bytes = Encoding.UTF8.GetBytes(new SyntheticRatings(20_000).Csv());
        Assert.Equal(2_400_027, bytes.Length);
#pragma warning disable CA5351 // a check sum, not a secret
        Assert.Equal("fe7a56d038f8abedae4c42c8f02725f4", Convert.ToHexStringLower(MD5.HashData(bytes)));
#pragma warning restore CA5351
    }
}
