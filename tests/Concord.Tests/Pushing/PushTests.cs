using Concord.Pipeline.Pushing;

namespace Concord.Tests.Pushing;

/// <summary>A dataset folder comes onto the Hub once, whatever happens on the way.</summary>
public sealed class PushTests : PushSession
{
    [Fact]
    public async Task A_dataset_that_is_not_there_is_made_and_gets_all_files_in_one_commit()
    {
        Folder.Write("empty.parquet", "");

        var outcome = await PushAsync(o => o with { Private = true, Message = "First\n\nAll of it." });

        AssertPushed(Dataset.Main);
        Assert.True(outcome is { IsNew: true, IsCommitted: true, Same: 0, Sent: 5000, Found: 0, IsPullRequest: false });
        Assert.Equal(
            [
                new("README.md", 29, PushedWay.Regular),
                new(List, new FileInfo(Folder[List]).Length, PushedWay.Regular),
                new(Shard, 5000, PushedWay.Large),
                new("dataset_info.json", 3, PushedWay.Regular),
                // The store takes no empty files.
                new("empty.parquet", 0, PushedWay.Regular),
            ],
            outcome.Files
        );
        Assert.Equal($"{Hub.Url}/datasets/acme/pairs/commit/{Dataset.Main.Id}", outcome.Page);
        Assert.Equal((true, "First", 2), (Dataset.IsPrivate, Dataset.Main.Title, Dataset.Made));
        Assert.Contains(".gitattributes", Dataset.Main.Files.Keys);
        var header = Hub.Calls.Single(c => c.IsCommit).Lines[0].GetProperty("value");
        Assert.Equal("All of it.", header.GetProperty("description").GetString());
        Assert.Equal(Dataset.Main.Parent, header.GetProperty("parentCommit").GetString());
    }

    [Fact]
    public async Task Again_nothing_is_pushed_and_it_is_said()
    {
        var first = await PushAsync();
        var calls = Hub.Calls.Count;

        var again = await PushAsync();

        Assert.True(again is { IsNew: false, IsCommitted: false, Same: 4, Files.Count: 0, Sent: 0 });
        Assert.Equal(first.Commit, again.Commit);
        Assert.Equal(first.Page, again.Page);
        Assert.All(
            Hub.Calls.Skip(calls),
            c => Assert.True(c.Method == "GET" || c.Is("POST", "/api/validate-yaml"), c.ToString())
        );
        Assert.Equal(2, Dataset.Made);
    }

    [Fact]
    public async Task Only_what_changed_is_sent()
    {
        await PushAsync();
        Folder.Write("README.md", "---\nlicense: mit\n---\n# Better pairs\n");

        var outcome = await PushAsync();

        Assert.Equal([new("README.md", 36, PushedWay.Regular)], outcome.Files);
        Assert.Equal(3, outcome.Same);
        AssertPushed(Dataset.Main);
        Assert.Equal("Update the dataset", Dataset.Main.Title);
        Assert.Equal(1, Count(c => c.IsBatch));
        Assert.Equal(1, Count(IsPut));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData(Shard)]
    public async Task Other_bytes_of_the_same_length_are_a_change(string path)
    {
        await PushAsync();
        var bytes = File.ReadAllBytes(Folder[path]);
        bytes[^1] ^= 1;
        Folder.Write(path, bytes);

        var outcome = await PushAsync();

        Assert.Equal(path, Assert.Single(outcome.Files, f => f.Path != List).Path);
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task A_dataset_that_is_there_is_pushed_to_and_one_made_by_somebody_in_between_too()
    {
        Hub.Add(Name);
        var there = await PushAsync();
        Hub.Datasets.Remove(Name);
        Hub.Break(new(c => c.Is("POST", "/api/repos/create"), null) { Before = () => Hub.Add(Name) });
        var meanwhile = await PushAsync();

        Assert.False(there.IsNew);
        Assert.False(meanwhile.IsNew);
        AssertPushed(Dataset.Main);
        Assert.Equal(1, Count(c => c.Is("POST", "/api/repos/create")));
        Assert.Equal(409, Hub.Calls.Single(c => c.Is("POST", "/api/repos/create")).Status);
    }

    [Fact]
    public async Task A_dataset_is_made_once_the_Hub_has_made_another_one()
    {
        Hub.Refuse(
            c => c.Is("POST", "/api/repos/create"),
            409,
            """{"error":"Cannot create repo: another conflicting operation is in progress"}""",
            times: 2
        );

        Assert.True((await PushAsync()).IsNew);
        Assert.Equal([1.0, 2.0], Waits);
    }

    [Fact]
    public async Task What_the_store_has_is_not_sent_again()
    {
        var bytes = File.ReadAllBytes(Folder[Shard]);
        Hub.Stored[Sum(bytes)] = bytes;

        var outcome = await PushAsync();

        Assert.Equal((0, 5000), (outcome.Sent, outcome.Found));
        Assert.Equal(0, Count(c => c.IsStore));
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task Files_of_the_same_bytes_are_sent_once()
    {
        Folder.Write("data/test-00000-of-00001.parquet", File.ReadAllBytes(Folder[Shard]));

        await PushAsync();

        Assert.Equal(1, Count(IsPut));
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task A_large_file_goes_in_parts_that_are_put_together()
    {
        Hub.PartSize = 1500;

        var outcome = await PushAsync();

        Assert.Equal(5000, outcome.Sent);
        Assert.Equal([1500, 1500, 1500, 500], Hub.Calls.Where(IsPut).Select(c => c.Body.Length));
        Assert.Equal(1, Count(c => c.Is("POST", "/multipart/complete")));
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task Of_parts_only_the_one_that_failed_is_sent_again()
    {
        Hub.PartSize = 1500;
        Hub.Refuse(c => c.Is("PUT", "/2"), 503);
        Hub.Break(new(c => c.Is("PUT", "/3"), CutInTheMiddle) { BeforeBody = true });
        Hub.Refuse(c => c.Is("POST", "/multipart/complete"), 500);

        await PushAsync();

        Assert.Equal([1, 2, 2, 1], Enumerable.Range(1, 4).Select(n => Count(c => c.Is("PUT", $"/{n}"))));
        Assert.Equal(2, Count(c => c.Is("POST", "/multipart/complete")));
        AssertPushed(Dataset.Main);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_addresses_of_parts_expire_those_that_arrived_stay_where_their_place_does(bool stays)
    {
        Hub.PartSize = 1500;
        Hub.KeepsPlaces = stays;
        Hub.Refuse(c => c.Is("PUT", "/3"), 403);

        await PushAsync();

        var once = stays ? 1 : 2;
        Assert.Equal([once, once, 2, 1], Enumerable.Range(1, 4).Select(n => Count(c => c.Is("PUT", $"/{n}"))));
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task A_cut_upload_is_taken_up_again()
    {
        Hub.Break(new(IsPut, CutInTheMiddle) { BeforeBody = true, Times = 2 });

        var outcome = await PushAsync();

        Assert.Equal(5000, outcome.Sent);
        Assert.Equal(3, Count(IsPut));
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task After_an_upload_that_was_cut_for_good_the_next_run_sends_only_what_did_not_arrive()
    {
        const string Second = "data/train-00001-of-00002.parquet";
        Folder.Write(Second, Random(4000, seed: 2));
        var sums = new[] { Shard, Second }.Select(p => Sum(File.ReadAllBytes(Folder[p]))).ToArray();
        Hub.Break(new(c => c.Is("PUT", sums[1]), CutInTheMiddle) { BeforeBody = true, Times = 5 });

        var problem = await FailAsync();
        var made = Dataset.Made;
        var outcome = await PushAsync();

        Assert.Equal("hub-unavailable", problem.Rule);
        Assert.Contains($"send {Second}", problem.What);
        // Not half of it.
        Assert.Equal(1, made);
        Assert.Equal((4000, 5000), (outcome.Sent, outcome.Found));
        Assert.Equal(1, Count(c => c.Is("PUT", sums[0])));
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task An_address_that_has_expired_is_asked_for_again()
    {
        Hub.Refuse(IsPut, 403);

        await PushAsync();

        Assert.Equal(2, Count(c => c.IsBatch));
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task A_store_that_never_takes_it_is_not_asked_for_ever()
    {
        Hub.Refuse(IsPut, 403, times: 99);

        var problem = await FailAsync();

        Assert.Equal("hub-refused", problem.Rule);
        Assert.Contains($"the store at {new Uri(Hub.StoreUrl).Authority} answered 403", problem.What);
        Assert.Equal(3, Count(IsPut));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_sent_is_verified_where_the_Hub_says(bool elsewhere)
    {
        Hub.VerifyUrl = elsewhere ? $"{Hub.StoreUrl}/verify" : null;

        await PushAsync();

        var call = Hub.Calls.Single(c => c.Path.EndsWith("/verify", StringComparison.Ordinal));
        Assert.Equal((elsewhere, 200), (call.IsStore, call.Status));
        // Elsewhere the token does not go, and what was given does.
        Assert.Equal(elsewhere, !call.Headers.ContainsKey("Authorization"));
        Assert.Equal(elsewhere ? "granted" : null, call.Headers.GetValueOrDefault("x-verify"));
    }

    [Fact]
    public async Task A_head_that_moved_meanwhile_is_compared_with_again()
    {
        Hub.Add(Name);
        Hub.Break(
            new(c => c.IsCommit, null)
            {
                Before = () =>
                {
                    Dataset.Edit("theirs.txt", "theirs\n");
                    Dataset.Edit("dataset_info.json", "{}\n");
                },
            }
        );

        var outcome = await PushAsync();

        Assert.Equal(["412", "200"], Hub.Calls.Where(c => c.IsCommit).Select(c => $"{c.Status}"));
        Assert.Contains("theirs.txt", Dataset.Main.Files.Keys);
        AssertPushed(Dataset.Main);
        // One of ours came by their hands.
        Assert.Equal(["README.md", List, Shard], outcome.Files.Select(f => f.Path));
        Assert.Equal(1, Count(IsPut));
        Assert.Contains("has changed meanwhile", Told[^1]);
    }

    [Fact]
    public async Task A_head_that_never_rests_ends_it()
    {
        Hub.Add(Name);
        var edits = 0;
        Hub.Break(new(c => c.IsCommit, null) { Before = () => Dataset.Edit("theirs.txt", $"{edits++}\n"), Times = 99 });

        var problem = await FailAsync();

        Assert.Equal("hub-moved", problem.Rule);
        Assert.Equal((5, 5), (edits, Count(c => c.IsCommit)));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        Hub.Break(new(c => c.IsCommit, FakeHub.Cut) { AfterDoing = true });

        var outcome = await PushAsync(o => o with { Tag = "v1.0" });

        Assert.Equal(1, Count(c => c.IsCommit));
        Assert.Equal(2, Dataset.Made);
        Assert.True(outcome is { IsCommitted: true, Files.Count: 4 });
        Assert.Equal((Dataset.Main.Id, Dataset.Main.Id), (outcome.Commit, Dataset.Tags["v1.0"]));
    }

    [Theory]
    [InlineData(502)]
    [InlineData(409)]
    public async Task A_commit_that_was_not_made_is_made_after_a_look(int status)
    {
        Hub.Refuse(c => c.IsCommit, status, """{"error":"Another operation is in progress"}""", times: 2);

        await PushAsync();

        Assert.Equal(3, Count(c => c.IsCommit));
        Assert.Equal(2, Dataset.Made);
        AssertPushed(Dataset.Main);
    }

    [Fact]
    public async Task A_commit_that_the_Hub_never_answers_ends_with_its_own_failure()
    {
        Hub.Refuse(c => c.IsCommit, 500, times: 99);

        Assert.Equal("hub-unavailable", (await FailAsync()).Rule);
        Assert.Equal(5, Count(c => c.IsCommit));
    }

    [Fact]
    public async Task A_pull_request_leaves_the_branch_alone_and_is_opened_once()
    {
        Hub.Add(Name);
        var main = Dataset.Main.Id;
        Hub.Break(new(c => c.IsCommit, FakeHub.Cut) { AfterDoing = true });

        var opened = await PushAsync(o => o with { AsPullRequest = true });
        var again = await PushAsync(o => o with { AsPullRequest = true });
        Folder.Write("README.md", "# Other\n");
        var other = await PushAsync(o => o with { AsPullRequest = true });

        Assert.Equal(main, Dataset.Main.Id);
        Assert.True(opened is { IsPullRequest: true, IsCommitted: true });
        Assert.True(again is { IsPullRequest: true, IsCommitted: false });
        Assert.Equal(
            [$"{Hub.Url}/datasets/acme/pairs/discussions/1", opened.Page, $"{Hub.Url}/datasets/acme/pairs/discussions/2"],
            [opened.Page, again.Page, other.Page]
        );
        Assert.Equal(2, Dataset.Pulls.Count);
        AssertPushed(Dataset.Pulls[0].Commit);
    }

    [Fact]
    public async Task A_tag_is_set_once_and_never_moved()
    {
        var first = await PushAsync(o => o with { Tag = "v1.0" });
        var again = await PushAsync(o => o with { Tag = "v1.0" });
        Folder.Write("README.md", "# Other\n");
        var made = Dataset.Made;
        var calls = Hub.Calls.Count;
        var problem = await FailAsync(o => o with { Tag = "v1.0" });

        Assert.Equal(first.Commit, Dataset.Tags["v1.0"]);
        Assert.Equal((false, true), (first.WasTagged, again.WasTagged));
        Assert.Equal("hub-tag", problem.Rule);
        Assert.Contains(first.Commit!, problem.What);
        // Before anything was sent.
        Assert.Equal(made, Dataset.Made);
        Assert.DoesNotContain(Hub.Calls.Skip(calls), c => c.IsStore || c.IsBatch || c.IsCommit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tag_that_somebody_sets_meanwhile_counts_by_its_commit(bool same)
    {
        Hub.Add(Name);
        var before = Dataset.Main.Id;
        Hub.Break(
            new(c => c.Is("POST", "/tag/"), null) { Before = () => Dataset.Tags["v1.0"] = same ? Dataset.Main.Id : before }
        );

        if (same)
            Assert.True((await PushAsync(o => o with { Tag = "v1.0" })).WasTagged);
        else
            Assert.Contains(before, (await FailAsync(o => o with { Tag = "v1.0" })).What);
    }

    [Fact]
    public async Task A_branch_is_made_from_main_where_it_is_not_there()
    {
        Hub.Add(Name);
        var main = Dataset.Main.Id;

        var outcome = await PushAsync(o => o with { Revision = "release/2026" });
        var again = await PushAsync(o => o with { Revision = "release/2026" });

        Assert.Equal(main, Dataset.Main.Id);
        Assert.Equal((true, false, false), (outcome.IsNewBranch, again.IsNewBranch, again.IsCommitted));
        AssertPushed(Dataset.At("release/2026")!);
        Assert.Equal("/api/datasets/acme/pairs/commit/release%2F2026", Hub.Calls.Single(c => c.IsCommit).Path);
    }

    [Fact]
    public async Task Parts_of_an_earlier_push_go_and_other_files_stay()
    {
        string[] old = ["data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet"];
        Hub.Add(Name);
        foreach (var path in old.Append("data/test-00000-of-00001.parquet").Append("notes.md"))
            Dataset.Edit(path, path);

        var outcome = await PushAsync();

        Assert.Equal(old, outcome.Removed);
        Assert.DoesNotContain(Dataset.Main.Files.Keys, old.Contains);
        Assert.Contains("notes.md", Dataset.Main.Files.Keys);
        Assert.Contains("data/test-00000-of-00001.parquet", Dataset.Main.Files.Keys);
        Assert.False((await PushAsync()).IsCommitted);
    }

    [Fact]
    public async Task Files_that_the_dataset_ignores_are_left_out_and_it_is_said()
    {
        Hub.Ignored.Add("dataset_info.json");

        var outcome = await PushAsync();

        Assert.DoesNotContain("dataset_info.json", Dataset.Main.Files.Keys);
        Assert.Equal(3, outcome.Files.Count);
        Assert.Contains(Told, t => t.Contains(".gitignore"));
        Assert.False((await PushAsync()).IsCommitted);
    }

    [Fact]
    public async Task More_files_than_one_question_takes_are_asked_for_in_several()
    {
        foreach (var i in Enumerable.Range(0, 300))
            Folder.Write($"more/{i:000}.parquet", $"{i}");
        Hub.PageSize = 100;

        await PushAsync();
        var again = await PushAsync();

        Assert.Equal(2, Count(c => c.Is("POST", "/preupload/")));
        Assert.Equal(2, Count(c => c.IsBatch));
        AssertPushed(Dataset.Main);
        // The tree comes in pages.
        Assert.Equal((304, false), (again.Same, again.IsCommitted));
    }

    [Fact]
    public async Task A_dry_run_of_a_new_dataset_asks_and_changes_nothing()
    {
        var outcome = await PushAsync(o => o with { DryRun = true, Private = true, Tag = "v1" });

        Assert.True(outcome is { IsNew: true, Files.Count: 4, IsCommitted: false, Commit: null });
        Assert.Empty(Hub.Datasets);
        Assert.Equal(["POST /api/validate-yaml", "GET /api/datasets/acme/pairs"], Hub.Calls.Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("main")]
    [InlineData("next")]
    public async Task A_dry_run_sends_only_questions(string branch)
    {
        Hub.Add(Name);

        var outcome = await PushAsync(o => o with { DryRun = true, Tag = "v1", Revision = branch });

        Assert.Equal(
            [PushedWay.Regular, PushedWay.Regular, PushedWay.Large, PushedWay.Regular],
            outcome.Files.Select(f => f.Way)
        );
        Assert.Equal(
            (branch != "main", 1, 0, 1),
            (outcome.IsNewBranch, Dataset.Made, Dataset.Tags.Count, Dataset.Branches.Count)
        );
        Assert.All(
            Hub.Calls,
            c => Assert.True(c.Method == "GET" || c.Is("POST", "/preupload/") || c.Is("POST", "/api/validate-yaml"), c.ToString())
        );
    }

    [Fact]
    public async Task What_is_to_be_private_is_not_pushed_where_everybody_sees_it()
    {
        Hub.Add(Name);

        var problem = await FailAsync(o => o with { Private = true });

        Assert.Equal("hub-public", problem.Rule);
        Assert.Equal(1, Dataset.Made);
        Assert.DoesNotContain(Hub.Calls, c => c.IsStore || c.IsBatch || c.IsCommit);
    }

    [Fact]
    public async Task A_card_that_the_Hub_does_not_take_is_told_before_anything_is_made()
    {
        Hub.CardError = "\"license\" must be one of [mit]";

        var problem = await FailAsync();

        Assert.Equal(("hub-card", "README.md"), (problem.Rule, problem.Path));
        Assert.Contains("\"license\" must be one of [mit]", problem.What);
        Assert.Empty(Hub.Datasets);
        (Hub.CardError, Hub.CardWarning) = ("", "empty or missing yaml metadata in repo card");
        await PushAsync();
        Assert.Contains(Told, t => t.EndsWith("the Hub warns: empty or missing yaml metadata in repo card"));
    }

    private static async Task CutInTheMiddle(Microsoft.AspNetCore.Http.HttpContext context)
    {
        await context.Request.Body.ReadExactlyAsync(new byte[300]);
        context.Abort();
    }

    private IEnumerable<double> Waits => Time.Waits.Select(w => w.TotalSeconds);
}
