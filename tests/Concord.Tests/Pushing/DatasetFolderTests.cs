using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Exporting;
using Concord.Tests.Exporting;
using Concord.Tests.Support;

namespace Concord.Tests.Pushing;

/// <summary>What leaves the machine is what was exported, as it was measured.</summary>
public sealed class DatasetFolderTests : PushSession
{
    [Fact]
    public async Task Hidden_files_and_folders_stay_here()
    {
        Folder.Write(".env", "KEY=1");
        Folder.Write(".git/config", "x");
        Folder.Write("data/.cache/x", "x");

        var outcome = await PushAsync();

        Assert.Equal(4, outcome.Files.Count);
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
        // A README.md makes no dataset of a folder: any project has one.
        Folder.Write("grades/README.md", "# Grades\n");
        Assert.Equal("no-dataset", (await FailAsync(o => o with { Folder = Folder["grades"] })).Rule);
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

    [Fact]
    public async Task What_is_not_as_it_was_exported_is_refused_before_anything_is_asked()
    {
        Folder.Write("data/gone.jsonl", "{}");
        Export();
        IsListed = false;
        File.Delete(Folder["data/gone.jsonl"]);
        var missing = await FailAsync();
        IsListed = true;
        Export();
        IsListed = false;
        Folder.Write("dataset_info.json", "[]\n");
        var other = await FailAsync();
        Folder.Write("dataset_info.json", "{ }\n");
        var longer = await FailAsync();

        Assert.Equal(("not-as-exported", "data/gone.jsonl"), (missing.Rule, missing.Path));
        Assert.Contains("is not there", missing.What);
        Assert.All([missing, other, longer], p => Assert.Contains("again with 'concord export'", p.Mend));
        Assert.Equal(("not-as-exported", "dataset_info.json"), (other.Rule, other.Path));
        Assert.Contains("other bytes", other.What);
        Assert.Contains("has 4 bytes, and concord.json lists 3", longer.What);
        Assert.Empty(Hub.Calls);
    }

    [Fact]
    public async Task What_an_export_writes_is_pushed_whole()
    {
        IsListed = false;
        using var workspace = new GradedWorkspace();
        var source = workspace.Source();
        var (dataset, report) = DatasetExport.Of(source, new() { Format = ExportFormat.LlamaFactory });
        var files = DatasetFolder.Write(Folder["out"], dataset, source, report, Cancellation);

        var outcome = await PushAsync(o => o with { Folder = Folder["out"] });

        Assert.Equal(files.Order(StringComparer.Ordinal), outcome.Files.Select(f => f.Path));
        Assert.DoesNotContain(Told, t => t.StartsWith("Left out") || t.Contains("as exported"));
    }

    [Fact]
    public async Task A_card_that_was_written_on_is_pushed_and_it_is_said()
    {
        await PushAsync();
        Assert.DoesNotContain(Told, t => t.Contains("as exported"));
        Folder.Write("README.md", "# Mine\n");

        await PushAsync();

        Assert.Contains("README.md is not as exported: it is pushed as it is.", Told);
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task What_was_not_exported_stays_here_except_a_licence()
    {
        Export();
        IsListed = false;
        Folder.Write("LICENSE", "mine");
        Folder.Write("NOTICE", "mine");
        Folder.Write("data/LICENSE", "elsewhere");
        Folder.Write("a\u202Egnp.txt", "secret");
        foreach (var i in Enumerable.Range(0, 10))
            Folder.Write($"data/notes-{i}.txt", "x");

        var outcome = await PushAsync();

        Assert.Equal(["LICENSE", "NOTICE", "README.md", List, Shard, "dataset_info.json"], outcome.Files.Select(f => f.Path));
        Assert.Equal(11, Told.Count(t => t.StartsWith("Left out: ")));
        Assert.Contains("Left out: data/LICENSE, which concord.json does not list.", Told);
        Assert.Contains("Left out: 2 more that concord.json does not list.", Told);
        Assert.Contains("Left out: a\\u202egnp.txt, which concord.json does not list.", Told);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "should be a map")]
    [InlineData("{\"schema\":2,\"files\":[]}", "schema 2")]
    [InlineData("{\"schema\":1}", "no files")]
    [InlineData("{\"schema\":1,\"files\":{}}", "should be a list")]
    [InlineData("{\"schema\":1,\"files\":[null]}", "should be a map")]
    [InlineData("{\"schema\":1,\"files\":[{\"path\":\"README.md\"}]}", "interrupted")]
    [InlineData("{\"schema\":1,\"files\":[{\"path\":\"README.md\",\"bytes\":-1,\"sha256\":\"SUM\"}]}", "interrupted")]
    [InlineData("{\"schema\":1,\"files\":[{\"path\":\"README.md\",\"bytes\":1,\"sha256\":\"x\"}]}", "interrupted")]
    [InlineData("{\"schema\":1,\"files\":[{\"path\":\"../x\",\"bytes\":1,\"sha256\":\"SUM\"}]}", "is not there")]
    public async Task A_list_that_is_none_is_refused_with_its_place(string list, string why)
    {
        IsListed = false;
        Folder.Write(List, list.Replace("SUM", new string('a', 64)));

        Assert.Contains(why, (await FailAsync()).What);
        Assert.Empty(Hub.Calls);
    }

    [Fact]
    public async Task A_list_that_would_never_end_is_not_read()
    {
        IsListed = false;
        await ProcessRun.RunAsync(Folder.Path, new Dictionary<string, string>(), "mkfifo", List);
        Assert.Equal("no-dataset", (await FailAsync()).Rule);
        File.Delete(Folder[List]);
        Folder.Write(List, Encoding.UTF8.GetBytes(new string(' ', (4 * 1024 * 1024) + 1)));
        Assert.Contains("more than 4194304 bytes", (await FailAsync()).What);
        Assert.Empty(Hub.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1500)]
    public async Task A_large_file_that_changes_in_secret_does_not_arrive(int partSize)
    {
        Hub.PartSize = partSize;
        Hub.Add(Name);
        Hub.Break(
            new(c => c.Is("POST", "/preupload/"), null)
            {
                // Of the same length and time.
                Before = () =>
                {
                    var modified = File.GetLastWriteTimeUtc(Folder[Shard]);
                    var bytes = File.ReadAllBytes(Folder[Shard]);
                    bytes[0] ^= 1;
                    File.WriteAllBytes(Folder[Shard], bytes);
                    File.SetLastWriteTimeUtc(Folder[Shard], modified);
                },
            }
        );

        var problem = await FailAsync();

        Assert.Equal(("file-changed", Shard), (problem.Rule, problem.Path));
        Assert.Empty(Hub.Stored);
        Assert.Equal(0, Count(c => c.Is("POST", "/multipart/complete") || c.IsCommit));
        Assert.DoesNotContain(Hub.Calls, c => c.IsStore && c.Body.Length == 5000);
    }

    [Fact]
    public async Task Parts_that_were_sent_of_another_file_are_not_put_together()
    {
        Hub.PartSize = 1500;
        var original = File.ReadAllBytes(Folder[Shard]);
        var modified = File.GetLastWriteTimeUtc(Folder[Shard]);
        Hub.Break(new(c => c.IsBatch, null) { Before = () => Flip(1) });
        // By the end it is again what was measured.
        Hub.Break(new(c => c.Is("PUT", "/2"), null) { Before = () => Flip(0) });

        var problem = await FailAsync();

        Assert.Equal("file-changed", problem.Rule);
        Assert.Equal(original, File.ReadAllBytes(Folder[Shard]));
        Assert.Equal(0, Count(c => c.Is("POST", "/multipart/complete")));

        void Flip(byte by)
        {
            byte[] bytes = [(byte)(original[0] ^ by), .. original[1..]];
            File.WriteAllBytes(Folder[Shard], bytes);
            File.SetLastWriteTimeUtc(Folder[Shard], modified);
        }
    }
}
