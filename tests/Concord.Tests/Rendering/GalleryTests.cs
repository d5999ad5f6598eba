using Concord.Core.Domain;
using Concord.Pipeline.Rendering;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

public sealed class GalleryTests
{
    [Theory]
    [InlineData("benchmarks/.cache")]
    [InlineData("benchmarks/.cache/gallery")]
    public void No_page_is_written_through_a_link(string link)
    {
        using var outside = new TempFolder();
        using var repository = TestWorkspace.Create(commit: false);
        Directory.CreateDirectory(Path.GetDirectoryName(repository[link])!);
        Directory.CreateSymbolicLink(repository[link], outside.Path);
        using var tree = new WorkTree(repository.Path);
        var workspace = WorkspaceReader.Read(tree).OrThrow();

        var refused = Assert.Throws<ConcordException>(() =>
            Gallery.Write(repository.Path, workspace, new RenderSelection([], [], false))
        );

        Assert.Equal("link", refused.Problems[0].Rule);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside.Path));
    }
}
