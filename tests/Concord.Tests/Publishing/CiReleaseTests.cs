using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Concord.Tests.GitHub;
using Concord.Tests.Support;
using static Concord.Tests.Support.TestWorkspace;

namespace Concord.Tests.Publishing;

/// <summary>Releases of a commit's grades and consensus, on a fake GitHub with a real remote behind it.</summary>
public sealed class CiReleaseTests
{
    [Fact]
    public async Task A_release_has_the_dataset_its_manifest_and_the_sums_of_all()
    {
        await using var hub = await Hub.StartAsync();

        var result = await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", hub.Extra("pairs.jsonl", "{}\n"));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith($"Released v1.2.0 of {hub.Commit[..7]}, ", result.Out, StringComparison.Ordinal);
        var release = Assert.Single(hub.Bench.Releases);
        Assert.Equal(("v1.2.0", hub.Commit, false), (release.Tag, release.Target, release.Prerelease));
        Assert.Contains("3 grades by 2 graders", release.Body, StringComparison.Ordinal);
        Assert.Equal(hub.Commit, hub.Remote.Git("rev-parse", "refs/tags/v1.2.0"));
        var assets = release.Assets.ToDictionary(a => a.Name, a => a.Bytes);
        Assert.Equal(
            ["SHA256SUMS", "pairs.jsonl", "test-v1.2.0.manifest.json", "test-v1.2.0.tar"],
            assets.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            string.Concat(
                assets
                    .Where(a => a.Key != "SHA256SUMS")
                    .OrderBy(a => a.Key, StringComparer.Ordinal)
                    .Select(a => $"{Sum(a.Value)}  {a.Key}\n")
            ),
            Encoding.UTF8.GetString(assets["SHA256SUMS"])
        );
        var files = Entries(assets["test-v1.2.0.tar"]);
        Assert.All(files, f => Assert.StartsWith("test-v1.2.0/", f.Key, StringComparison.Ordinal));
        Assert.Equal(assets["test-v1.2.0.manifest.json"], files["test-v1.2.0/manifest.json"]);
        var manifest = JsonDocument.Parse(assets["test-v1.2.0.manifest.json"]).RootElement;
        Assert.Equal(hub.Commit, manifest.GetProperty("commit").GetString());
        Assert.Equal(
            files.Where(f => !f.Key.EndsWith("manifest.json", StringComparison.Ordinal)).Select(f => (f.Key[12..], Sum(f.Value))),
            manifest
                .GetProperty("files")
                .EnumerateArray()
                .Select(f => (f.GetProperty("path").GetString()!, f.GetProperty("sha256").GetString()!))
        );
        Assert.Contains("test-v1.2.0/grades/ada-2026-11-02.csv", files.Keys);
        Assert.Contains("test-v1.2.0/benchmarks/benchmark.yaml", files.Keys);
        // It has addresses of people.
        Assert.DoesNotContain("test-v1.2.0/benchmarks/graders.yaml", files.Keys);
        Assert.Equal(
            hub.Remote.Git("show", "main:consensus/consensus.csv"),
            Encoding.UTF8.GetString(files["test-v1.2.0/consensus/consensus.csv"]).TrimEnd('\n')
        );
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public async Task A_commit_whose_consensus_is_behind_its_grades_is_not_released_until_it_is_published(params string[] options)
    {
        await using var hub = await Hub.StartAsync();
        hub.Remote.Merge("cleo-2026-11-03.csv", Row("lab/one", "1,1"));
        hub.Clone.Git("pull", "-q", "origin", "main");

        var early = await hub.ReleaseAsync(["--tag", "v1.2.0", .. options]);
        var (tags, releases) = (hub.Remote.Git("tag"), hub.Bench.Releases.Count);
        await hub.Remote.PublishAsync(hub.Clone);
        hub.Clone.Git("pull", "-q", "origin", "main");
        var late = await hub.ReleaseAsync(["--tag", "v1.2.0", .. options]);

        Assert.Equal((2, "", 0), (early.ExitCode, tags, releases));
        Assert.Contains("consensus/ is not of the grades there: ", early.Error, StringComparison.Ordinal);
        Assert.Contains("Run 'concord ci publish' first", early.Error, StringComparison.Ordinal);
        Assert.True(late.ExitCode == 0, late.Error);
    }

    [Fact]
    public async Task Again_it_is_found_and_nothing_is_made_twice()
    {
        await using var hub = await Hub.StartAsync();
        var extra = hub.Extra("pairs.jsonl", "{}\n");
        await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", extra);
        var before = hub.Bench.Releases.Single().Assets.Select(a => a.Id).ToArray();

        var again = await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", extra);
        // Later without it: the sums still name what is there.
        var without = await hub.ReleaseAsync("--tag", "v1.2.0");

        Assert.True(again.ExitCode == 0, again.Error);
        Assert.StartsWith("The release v1.2.0 of ", again.Out, StringComparison.Ordinal);
        Assert.StartsWith("The release v1.2.0 of ", without.Out, StringComparison.Ordinal);
        Assert.Equal(before, hub.Bench.Releases.Single().Assets.Select(a => a.Id));
        Assert.Equal(1, hub.Calls("repos/create-release"));
        Assert.Equal(4, hub.Calls("repos/upload-release-asset"));
    }

    [Fact]
    public async Task A_release_that_was_begun_is_finished_and_one_written_by_hand_keeps_its_words()
    {
        await using var hub = await Hub.StartAsync();
        hub.Clone.Git("tag", "-a", "-m", "by hand", "v1.2.0", hub.Commit);
        hub.Clone.Git("push", "-q", "origin", "v1.2.0");
        hub.Bench.Releases.Add(
            new()
            {
                Id = 9,
                Tag = "v1.2.0",
                Target = "main",
                Name = "Spring",
                Body = "By hand.",
            }
        );

        var result = await hub.ReleaseAsync("--tag", "v1.2.0");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("Added 2 to the release v1.2.0 of ", result.Out, StringComparison.Ordinal);
        var release = Assert.Single(hub.Bench.Releases);
        Assert.Equal(("Spring", "By hand.", 3), (release.Name, release.Body, release.Assets.Count));
    }

    [Fact]
    public async Task A_tag_at_another_commit_is_refused()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReleaseAsync("--tag", "v1.2.0");
        hub.Remote.Merge("cleo-2026-11-03.csv", Row("lab/one", "1,1"));
        await hub.Remote.PublishAsync(hub.Clone);
        hub.Clone.Git("pull", "-q", "origin", "main");

        var result = await hub.ReleaseAsync("--tag", "v1.2.0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"The tag v1.2.0 is at {hub.Commit[..7]} and not at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(hub.Commit, hub.Remote.Git("rev-parse", "refs/tags/v1.2.0"));
        Assert.Equal(3, hub.Bench.Releases.Single().Assets.Count);
    }

    [Fact]
    public async Task A_tag_that_somebody_makes_meanwhile_is_taken_only_at_the_same_commit()
    {
        await using var hub = await Hub.StartAsync();
        hub.Remote.Merge("cleo-2026-11-03.csv", Row("lab/one", "1,1"));
        PublishedRemote.Hook(
            hub.Clone[".git"],
            "pre-push",
            $"unset $(git rev-parse --local-env-vars)\ngit --git-dir '{hub.Remote.Path}' update-ref refs/tags/v1.2.0 main\n"
        );

        var result = await hub.ReleaseAsync("--tag", "v1.2.0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("it is not moved", result.Error, StringComparison.Ordinal);
        Assert.Empty(hub.Bench.Releases);
    }

    [Fact]
    public async Task A_published_file_is_not_replaced()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", hub.Extra("pairs.jsonl", "{}\n"));

        var result = await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", hub.Extra("pairs.jsonl", "[]\n"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("has another pairs.jsonl", result.Error, StringComparison.Ordinal);
        Assert.Equal("{}\n"u8.ToArray(), hub.Bench.Releases.Single().Assets.Single(a => a.Name == "pairs.jsonl").Bytes);
    }

    [Fact]
    public async Task A_file_that_appears_meanwhile_is_not_replaced_either()
    {
        await using var hub = await Hub.StartAsync();
        var extra = hub.Extra("pairs.jsonl", "{}\n");
        hub.Fake.Break(
            new(
                c =>
                {
                    // Somebody uploads between the look and the upload.
                    if (c.Id == "repos/upload-release-asset" && hub.Bench.Releases.Single().Assets.Count == 1)
                        hub.Bench.Releases.Single()
                            .Assets.Add(
                                new()
                                {
                                    Id = 77,
                                    Name = "pairs.jsonl",
                                    Type = "x/y",
                                    Bytes = [1],
                                }
                            );
                    return false;
                },
                _ => Task.CompletedTask
            )
        );

        var result = await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", extra);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("has another pairs.jsonl", result.Error, StringComparison.Ordinal);
        Assert.Equal([1], hub.Bench.Releases.Single().Assets.Single(a => a.Name == "pairs.jsonl").Bytes);
    }

    [Fact]
    public async Task A_file_whose_sum_GitHub_does_not_tell_is_not_taken_for_the_same()
    {
        await using var hub = await Hub.StartAsync();
        await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", hub.Extra("pairs.jsonl", "{}\n"));
        hub.Bench.Releases.Single().Assets.Single(a => a.Name == "pairs.jsonl").HasDigest = false;

        var result = await hub.ReleaseAsync("--tag", "v1.2.0", "--asset", hub.Extra("pairs.jsonl", "[]\n"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("of which GitHub tells no sum", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_that_only_its_tag_was_pushed_of_is_not_released()
    {
        await using var hub = await Hub.StartAsync();
        hub.Clone.Write("grades/dora-2026-11-02.csv", Header + Row("lab/two", "1,1"));
        await CommandLine.RunAsync(hub.Clone.Path, "consensus", "--write");
        hub.Clone.Commit("beside main");
        hub.Clone.Git("push", "-q", "origin", "HEAD:refs/tags/v1.2.0");

        var result = await hub.ReleaseAsync("--tag", "v1.2.0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is not on the default branch of 'origin'", result.Error, StringComparison.Ordinal);
        Assert.Empty(hub.Bench.Releases);
    }

    [Fact]
    public async Task The_same_commit_gives_the_same_bytes_anywhere_and_a_dry_run_makes_nothing()
    {
        await using var hub = await Hub.StartAsync();
        var other = hub.Remote.Clone();
        other.Write("grades/dora-2026-11-02.csv", Header + Row("lab/two", "1,1"));

        var here = await hub.ReleaseAsync("--dry-run", "--out", hub.Folder["here"]);
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        var there = await CommandLine.RunAsync(other.Path, "ci", "release", "--dry-run", "--out", hub.Folder["there"]);

        Assert.True(here.ExitCode == 0, here.Error);
        Assert.Equal(here.Out, there.Out);
        var tag = $"dataset-{hub.Remote.Git("log", "-1", "--format=%cs", hub.Commit)}-{hub.Commit[..7]}";
        Assert.StartsWith($"Would release {tag} of {hub.Commit[..7]}:\n", here.Out, StringComparison.Ordinal);
        var names = Directory.GetFiles(hub.Folder["here"]).Select(f => Path.GetFileName(f)).ToArray();
        Assert.Equal(3, names.Length);
        Assert.All(
            names,
            n => Assert.Equal(File.ReadAllBytes(hub.Folder[$"here/{n}"]), File.ReadAllBytes(hub.Folder[$"there/{n}"]))
        );
        Assert.Empty(hub.Fake.Calls);
        Assert.Equal("", hub.Remote.Git("tag"));
        var check = await ProcessRun.RunAsync(
            hub.Folder["here"],
            new Dictionary<string, string>(),
            "sha256sum",
            "-c",
            "SHA256SUMS"
        );
        Assert.True(check.ExitCode == 0, check.Out + check.Error);
    }

    [Fact]
    public async Task A_commit_that_was_not_pushed_is_not_published_by_its_tag()
    {
        await using var hub = await Hub.StartAsync();
        hub.Clone.Write("grades/dora-2026-11-02.csv", Header + Row("lab/two", "1,1"));
        await CommandLine.RunAsync(hub.Clone.Path, "consensus", "--write");
        hub.Clone.Commit("not pushed");

        var result = await hub.ReleaseAsync("--tag", "v1.2.0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is not on the default branch of 'origin'", result.Error, StringComparison.Ordinal);
        Assert.Equal("", hub.Remote.Git("tag"));
        Assert.Equal("", hub.Clone.Git("for-each-ref", "refs/concord"));
        Assert.Empty(hub.Bench.Releases);
    }

    [Theory]
    [InlineData("no such tag")]
    [InlineData("-v1")]
    [InlineData("v1..2")]
    [InlineData("a/b")]
    [InlineData("v1.lock")]
    public async Task A_name_that_can_be_no_tag_is_refused(string tag)
    {
        await using var hub = await Hub.StartAsync();

        var result = await hub.ReleaseAsync($"--tag={tag}", "--dry-run");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cannot be a release's tag", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_made_not_even_the_tag()
    {
        await using var hub = await Hub.StartAsync();
        hub.Token = "";

        var result = await hub.ReleaseAsync("--tag", "v1.2.0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("contents: write", result.Error, StringComparison.Ordinal);
        Assert.Equal("", hub.Remote.Git("tag"));
    }

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Dictionary<string, byte[]> Entries(byte[] tar)
    {
        using var reader = new TarReader(new MemoryStream(tar));
        var files = new Dictionary<string, byte[]>();
        while (reader.GetNextEntry() is { } entry)
        {
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            files.Add(entry.Name, bytes.ToArray());
        }
        return files;
    }

    private sealed class Hub : IAsyncDisposable
    {
        private Hub(FakeGitHub fake) => Fake = fake;

        public FakeGitHub Fake { get; }

        public PublishedRemote Remote { get; } = new();

        public TempFolder Folder { get; } = new();

        public FakeRepository Bench { get; private set; } = null!;

        public TestRepository Clone { get; private set; } = null!;

        public string Commit { get; private set; } = "";

        public string Token { get; set; } = GitHubSession.AppToken;

        public static async Task<Hub> StartAsync()
        {
            var hub = new Hub(await FakeGitHub.StartAsync());
            hub.Fake.AddAccount("github-actions[bot]", GitHubSession.AppToken, isApp: true);
            hub.Bench = hub.Fake.AddRepository("acme/bench", "github-actions[bot]");
            hub.Remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"), Row("lab/two", "2,5"));
            hub.Remote.Merge("ben-2026-11-02.csv", Row("lab/one", "5,3"));
            await hub.Remote.PublishAsync(hub.Remote.Clone());
            hub.Clone = hub.Remote.Clone();
            hub.Commit = hub.Remote.Git("rev-parse", "main");
            return hub;
        }

        public string Extra(string name, string text)
        {
            Folder.Write(name, text);
            return Folder[name];
        }

        public int Calls(string operation) => Fake.Calls.Count(c => c.Id == operation);

        public Task<CommandResult> ReleaseAsync(params string[] options) =>
            ConcordProcess.RunAsync(
                Clone.Path,
                [
                    ("GITHUB_ACTIONS", "true"),
                    ("GITHUB_SERVER_URL", Fake.Url),
                    ("GITHUB_REPOSITORY", "acme/bench"),
                    ("GITHUB_TOKEN", Token),
                    ("GH_TOKEN", ""),
                    ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ],
                ["dotnet", ConcordProcess.Program, "ci", "release", .. options]
            );

        public async ValueTask DisposeAsync()
        {
            await Fake.DisposeAsync();
            Remote.Dispose();
            Folder.Dispose();
        }
    }
}
