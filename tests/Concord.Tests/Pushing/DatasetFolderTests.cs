using Concord.Core.Domain;
using Concord.Tests.Support;

namespace Concord.Tests.Pushing;

/// <summary>What leaves the machine is what lies in the folder, as it was measured.</summary>
public sealed class DatasetFolderTests : PushSession
{
    [Fact]
    public async Task Hidden_files_and_folders_stay_here()
    {
        Folder.Write(".env", "KEY=1");
        Folder.Write(".git/config", "x");
        Folder.Write("data/.cache/x", "x");

        var outcome = await PushAsync();

        Assert.Equal(3, outcome.Files.Count);
        Assert.Contains(Told, t => t.StartsWith("Left out: 3 hidden entries"));
    }

    [Fact]
    public async Task Links_and_what_is_no_file_are_refused_each_by_its_path()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("secret", "secret");
        File.CreateSymbolicLink(Folder["data/a-link"], elsewhere["secret"]);
        Directory.CreateSymbolicLink(Folder["folder-link"], elsewhere.Path);
        File.CreateSymbolicLink(Folder["within"], Folder["README.md"]);
        await ProcessRun.RunAsync(Folder.Path, new Dictionary<string, string>(), "mkfifo", "pipe");
        Folder.Write("back\\slash", "x");
        Folder.Write("new\nline", "x");

        var failure = await Assert.ThrowsAsync<ConcordException>(() => PushAsync());

        Assert.Equal(
            ["back\\slash", "data/a-link", "folder-link", "new\nline", "pipe", "within"],
            failure.Problems.Select(p => p.Path)
        );
        Assert.Empty(Hub.Calls);
    }

    [Fact]
    public async Task A_folder_that_is_none_or_not_a_datasets_is_refused()
    {
        Assert.Equal("no-folder", (await FailAsync(o => o with { Folder = Folder["nowhere"] })).Rule);
        Assert.Equal("no-card", (await FailAsync(o => o with { Folder = Folder["data"] })).Rule);
        Assert.Empty(Hub.Calls);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData(Shard)]
    public async Task A_file_that_changes_while_it_is_pushed_is_not_pushed_in_part(string path)
    {
        Hub.Add(Name);
        Hub.Break(
            new(c => c.Is("POST", "/preupload/"), null)
            {
                // Of the same length.
                Before = () =>
                {
                    var bytes = File.ReadAllBytes(Folder[path]);
                    bytes[^1] ^= 1;
                    File.WriteAllBytes(Folder[path], bytes);
                    File.SetLastWriteTimeUtc(Folder[path], DateTime.UtcNow.AddSeconds(2));
                },
            }
        );

        var problem = await FailAsync();

        Assert.Equal(("file-changed", path), (problem.Rule, problem.Path));
        Assert.Equal(1, Dataset.Made);
    }

    [Fact]
    public async Task Names_in_other_letters_arrive_as_they_are()
    {
        Folder.Write("données \"2026\" #1 +?/ünï 😀.json", "{}");

        await PushAsync();

        AssertPushed(Dataset.Main);
    }
}
