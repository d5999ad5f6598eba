namespace Concord.Tests.Support;

/// <summary>Where this project's own files lie.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    /// <summary>The shared reference folder beside the project; the test skips where there is none.</summary>
    public static string Reference(string relative)
    {
        var path = Path.Combine(Root, "..", "shared", "reference", relative);
        Assert.SkipUnless(Path.Exists(path), "The shared reference data is not here.");
        return path;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "eval.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the project.");
    }
}
