using Concord.Pipeline.Datasets.Reading;

namespace Concord.Tests.Datasets.Reading;

public sealed class SnappyTests
{
    [Fact]
    public void A_copy_may_reach_into_what_it_is_writing() =>
        Assert.Equal("abcabcabcabc"u8.ToArray(), Snappy.Unpack([12, 0x08, .. "abc"u8, 0x22, 3, 0], 12));

    [Theory]
    [InlineData(new byte[] { 12, 0x08, 97, 98, 99 }, 12)]
    [InlineData(new byte[] { 4, 0x08, 97, 98, 99, 0x22, 3, 0 }, 4)]
    [InlineData(new byte[] { 12, 0x08, 97, 98, 99, 0x22, 4, 0 }, 12)]
    [InlineData(new byte[] { 12, 0x08, 97, 98, 99, 0x22, 0, 0 }, 12)]
    [InlineData(new byte[] { 12, 0x08, 97, 98, 99, 0x22, 3 }, 12)]
    [InlineData(new byte[] { 12, 0xFC, 255, 255, 255, 255 }, 12)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x04, 0x00, 97 }, 1 << 30)]
    [InlineData(new byte[] { 3, 0x08, 97, 98, 99 }, 4)]
    [InlineData(new byte[] { }, 0)]
    public void What_is_broken_is_refused(byte[] packed, int length) =>
        Assert.Throws<InvalidDataException>(() => Snappy.Unpack(packed, length));
}
