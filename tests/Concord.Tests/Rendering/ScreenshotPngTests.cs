using Concord.Pipeline.Rendering;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

public sealed class ScreenshotPngTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(200)]
    [InlineData(5000)]
    public void The_pixels_of_a_smaller_file_are_the_same(int colours)
    {
        const int Width = 61;
        var pixels = Enumerable.Range(0, Width * 47).Select(i => 0xFF000000u | (uint)(i * 7919 % colours * 3331)).ToArray();
        var image = new PngImage(Width, 47, pixels);

        var png = ScreenshotPng.Smaller(image, new byte[1_000_000]);

        var read = PngImage.Read(png);
        Assert.Equal((Width, 47), (read.Width, read.Height));
        Assert.Equal(pixels, read.Pixels);
    }

    [Fact]
    public void Drawn_is_the_share_that_is_not_background() =>
        Assert.Equal(0.25, new PngImage(2, 2, [0xFFFFFFFF, 0xFFFFFFFF, 0xFF000000, 0xFFFFFFFF]).Drawn());

    [Fact]
    public void What_is_no_PNG_is_refused() =>
        Assert.Throws<InvalidDataException>(() => PngImage.Read("nothing like it at all"u8));

    [Fact]
    public void A_screenshot_of_vizhub_gets_smaller_and_stays_the_same()
    {
        var png = File.ReadAllBytes(SourceTree.Reference("vizhub/screenshots/stockPriceChart/qwen/qwq-32b/output.png"));

        var smaller = ScreenshotPng.Smaller(PngImage.Read(png), png);

        Assert.True(smaller.Length < png.Length, $"{smaller.Length} of {png.Length}");
        Assert.Equal(PngImage.Read(png).Pixels, PngImage.Read(smaller).Pixels);
    }
}
