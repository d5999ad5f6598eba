using Concord.Tests.Support;

namespace Concord.Tests.Pushing;

/// <summary>The program as a user calls it.</summary>
public sealed class PushHfCommandTests : PushSession
{
    private async Task<CommandResult> RunAsync(params string[] arguments)
    {
        Export();
        var result = await ConcordProcess.RunAsync(
            Folder.Path,
            [.. Environment.Select(v => (v.Key, v.Value ?? "")), ("DOTNET_GCHeapHardLimit", Limit)],
            ["dotnet", ConcordProcess.Program, "push", "hf", .. arguments]
        );
        Assert.DoesNotContain(FakeHub.Token[3..], result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=leave", result.Out + result.Error, StringComparison.Ordinal);
        return result;
    }

    private string Limit { get; set; } = "0x8000000";

    [Fact]
    public async Task It_tells_what_would_be_done_what_was_done_and_that_nothing_is_left()
    {
        var dry = await RunAsync(Name, ".", "--private", "--tag", "v1", "--dry-run");
        var first = await RunAsync(Name, ".", "--private", "--tag", "v1");
        var again = await RunAsync(Name, ".", "--tag", "v1");

        var list = new FileInfo(Folder[List]).Length;
        Assert.Equal(
            $"""
            Would create the private dataset acme/pairs.
            Would push 4 files ({(5032 + list) / 1e3:0.0} KB) to acme/pairs, main:
                README.md, 29 bytes
                concord.json, {list} bytes
                data/train-00000-of-00001.parquet, 5.0 KB
                dataset_info.json, 3 bytes
            Would tag it v1.
            {Hub.Url}/datasets/acme/pairs

            """,
            dry.Out
        );
        Assert.Equal((0, ""), (dry.ExitCode, dry.Error));
        Assert.Equal(
            $"""
            Created the private dataset acme/pairs.
            Pushed 4 files to acme/pairs, main: 1 large (5.0 KB sent), 3 regular ({32 + list} bytes in the commit).
            Tagged it v1.
            {Hub.Url}/datasets/acme/pairs/commit/{Dataset.Main.Id}

            """,
            first.Out
        );
        Assert.Equal(
            $"""
            All 4 files are there; nothing was pushed to acme/pairs, main.
            The tag v1 is there, at this commit.
            {Hub.Url}/datasets/acme/pairs/commit/{Dataset.Main.Id}

            """,
            again.Out
        );
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task A_failure_is_one_line_and_says_how_to_mend_it()
    {
        Environment["HF_TOKEN"] = "hf_another5ecretabcdefghij";

        var result = await RunAsync(Name, ".");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("does not take the token from HF_TOKEN", result.Error);
        Assert.DoesNotContain("another5ecret", result.Error);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Files_larger_than_the_memory_are_pushed()
    {
        // 64 MB for the program, 300 MB of files.
        Limit = "0x4000000";
        Hub.Forgets = true;
        Hub.Verifies = false;
        Hub.Add(Name);
        foreach (var (path, size) in new[] { ("data/train-00000-of-00001.parquet", 200_000_000L), ("more.json", 100_000_000L) })
        {
            using var file = File.Create(Folder[path]);
            file.SetLength(size);
        }

        var result = await RunAsync(Name, ".");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("1 large (200.0 MB sent), 4 regular (100.0 MB in the commit)", result.Out);
    }
}
