using Concord.Pipeline.Rendering;

namespace Concord.Tests.Rendering;

public sealed class RenderSelectionTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("2/4", 2, 4)]
    [InlineData("12/300", 12, 300)]
    public void A_part_is_read(string text, int shard, int shards)
    {
        Assert.True(RenderSelection.TryParseShard(text, out var part));
        Assert.Equal((shard, shards), part);
    }

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1")]
    [InlineData("1/0")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    public void Anything_else_is_not(string text) => Assert.False(RenderSelection.TryParseShard(text, out _));
}
