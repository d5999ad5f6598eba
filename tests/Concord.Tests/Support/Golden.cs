namespace Concord.Tests.Support;

/// <summary>
/// Compares text with a committed file of <c>Golden/</c>. With <c>CONCORD_UPDATE_GOLDEN=1</c> the file is rewritten in the
/// source tree instead, and git shows what changed.
/// </summary>
internal static class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("CONCORD_UPDATE_GOLDEN") == "1";

    public static void Equal(string name, string actual)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "Concord.Tests", "Golden", name);
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        Assert.True(File.Exists(path), $"There is no golden file {name}; CONCORD_UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }
}
