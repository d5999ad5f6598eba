using Concord.Pipeline.GitHub;
using Concord.Tests.Support;

namespace Concord.Tests.GitHub;

/// <summary>Releases and their files, made once and replaced.</summary>
public sealed class ReleaseTests : GitHubTests
{
    private static readonly NewRelease Wanted = new("v1.2.0", new('1', 40), "Consensus 1.2", "Three graders.");

    [Fact]
    public async Task A_release_is_made_by_its_tag_and_then_brought_up_to_date()
    {
        var releases = Session.Client.ReleasesOf(GitHubSession.Bench);

        Assert.Null(await releases.FindAsync("v1.2.0", Cancellation));
        var made = await releases.PutAsync(Wanted, Cancellation);
        var same = await releases.PutAsync(Wanted, Cancellation);
        var changed = await releases.PutAsync(Wanted with { Body = "Four graders." }, Cancellation);

        Assert.Equal((made.Id, made.Id), (same.Id, changed.Id));
        Assert.Equal("Four graders.", Assert.Single(Bench.Releases).Body);
        Assert.Single(Fake.Calls, c => c.Id == "repos/update-release");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_doubt_there_is_one_release(bool wasDone)
    {
        Fake.Break(new(c => c.Id == "repos/create-release", PullRequestTests.Status(500, "{}")) { AfterDoing = wasDone });

        await Session.Client.ReleasesOf(GitHubSession.Bench).PutAsync(Wanted, Cancellation);

        Assert.Single(Bench.Releases);
    }

    [Fact]
    public async Task A_draft_of_the_tag_is_not_overwritten()
    {
        Bench.Releases.Add(
            new()
            {
                Id = 9,
                Tag = "v1.2.0",
                Target = "main",
                Draft = true,
            }
        );

        var problem = await GitHubSession.FailAsync(() =>
            Session.Client.ReleasesOf(GitHubSession.Bench).PutAsync(Wanted, Cancellation)
        );

        Assert.Contains("not published", problem.What);
        Assert.Contains("draft", problem.Mend);
    }

    [Fact]
    public async Task A_file_is_uploaded_left_alone_where_it_is_the_same_and_replaced_only_where_that_is_asked_for()
    {
        using var folder = new TempFolder();
        folder.Write("dataset.jsonl", "{}\n");
        var releases = Session.Client.ReleasesOf(GitHubSession.Bench);
        var release = await releases.PutAsync(Wanted, Cancellation);

        for (var i = 0; i < 2; i++)
            await releases.PutAssetAsync(release, folder["dataset.jsonl"], "application/jsonl", replaces: false, Cancellation);
        folder.Write("dataset.jsonl", "{}\n{}\n");
        var problem = await GitHubSession.FailAsync(() =>
            releases.PutAssetAsync(release, folder["dataset.jsonl"], "application/jsonl", replaces: false, Cancellation)
        );
        Assert.Equal("published-otherwise", problem.Rule);
        Assert.Equal("{}\n"u8.ToArray(), Bench.Releases[0].Assets.Single().Bytes);
        var last = await releases.PutAssetAsync(
            release,
            folder["dataset.jsonl"],
            "application/jsonl",
            replaces: true,
            Cancellation
        );

        var asset = Assert.Single(Bench.Releases[0].Assets);
        Assert.Equal("{}\n{}\n"u8.ToArray(), asset.Bytes);
        Assert.Equal((asset.Id, "application/jsonl"), (last.Id, asset.Type));
        Assert.Equal(2, Fake.Calls.Count(c => c.Id == "repos/upload-release-asset"));
        Assert.Single(await releases.AssetsAsync(release, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_broke_off_is_cleared_away_and_sent_again(bool leavesPart)
    {
        using var folder = new TempFolder();
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        folder.Write("concord-linux-x64.tar.gz", bytes);
        var releases = Session.Client.ReleasesOf(GitHubSession.Bench);
        var release = await releases.PutAsync(Wanted, Cancellation);
        if (leavesPart)
            Bench
                .Releases[0]
                .Assets.Add(
                    new()
                    {
                        Id = 77,
                        Name = "concord-linux-x64.tar.gz",
                        Type = "x/y",
                        Bytes = [1, 2],
                        State = "starter",
                    }
                );
        Fake.Break(new(c => c.Id == "repos/upload-release-asset", PullRequestTests.Status(502, "<html>")));

        await releases.PutAssetAsync(
            release,
            folder["concord-linux-x64.tar.gz"],
            "application/gzip",
            replaces: false,
            Cancellation
        );

        Assert.Equal(bytes, Assert.Single(Bench.Releases[0].Assets).Bytes);
    }

    [Fact]
    public async Task A_name_that_GitHub_would_change_is_a_mistake()
    {
        var releases = Session.Client.ReleasesOf(GitHubSession.Bench);
        var release = await releases.PutAsync(Wanted, Cancellation);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            releases.PutAssetAsync(release, "/nowhere/two words.csv", "text/csv", replaces: false, Cancellation)
        );
    }
}
