namespace Concord.Tests.Rendering;

public sealed class RenderDeterminismTests
{
    [Fact]
    public Task Twelve_pages_give_the_same_bytes_one_at_a_time_and_four_at_a_time() => SameBytesAsync(TestPages.Kinds);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Sixty_pages_give_the_same_bytes_one_at_a_time_and_four_at_a_time() => SameBytesAsync(60);

    private static async Task SameBytesAsync(int count)
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.OfPages(count);

        var one = await RenderWorkspace.RenderAsync(folder, "--concurrency", "1");
        Assert.True(one.ExitCode == 0, one.Out + one.Error);
        var first = RenderWorkspace.Written(folder);
        var texts = first.Keys.Where(f => f.EndsWith(".json", StringComparison.Ordinal)).ToDictionary(f => f, folder.Read);
        var four = await RenderWorkspace.RenderAsync(folder, "--concurrency", "4", "--force");
        Assert.True(four.ExitCode == 0, four.Out + four.Error);

        Assert.Equal(count * 3, first.Count);
        var second = RenderWorkspace.Written(folder);
        Assert.All(texts, t => Assert.Equal(t.Value, folder.Read(t.Key)));
        Assert.Equal([], first.Where(f => second[f.Key] != f.Value).Select(f => f.Key));
        // Each draws something of its own.
        Assert.Equal(
            count,
            first.Where(f => f.Key.EndsWith(".png", StringComparison.Ordinal)).Select(f => f.Value).Distinct().Count()
        );
    }
}
