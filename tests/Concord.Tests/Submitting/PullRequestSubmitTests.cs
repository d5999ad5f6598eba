using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Submitting;
using Concord.Tests.GitHub;
using Concord.Tests.Grading;
using Concord.Tests.Support;
using static Concord.Tests.Grading.GradingWorkspace;

namespace Concord.Tests.Submitting;

/// <summary>Pull requests at a GitHub that keeps to the contract, over real git.</summary>
public sealed class PullRequestSubmitTests
{
    private const string Branch = "grading/ada-2026-11-21";
    private const string Token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    [Fact]
    public async Task The_first_submit_opens_a_pull_request_and_the_next_bring_it_up_to_date()
    {
        using var remote = new SharedRemote();
        remote.Push(
            "grades/ben-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,2") + TestWorkspace.Row("lab/two", "1,0")
        );
        await using var hub = await FakeGitHub.StartAsync();
        var (repository, here) = Setup(hub, remote);
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);

        var first = await SubmitAsync(hub, here, session);

        var pull = Assert.Single(repository.Pulls);
        Assert.Equal(("grade: 1 output of bars", Branch, "main", false), (pull.Title, pull.Branch, pull.Into, pull.Draft));
        Assert.Equal($"{hub.Url}/lab/bench/pull/{pull.Number}", first.Url!.ToString());
        Assert.Equal("The pull request is open.", first.Message);
        Assert.Contains(
            "**ada** graded 1 output of 1 challenge in 12 s. Session `ada-2026-11-21`.",
            pull.Body,
            StringComparison.Ordinal
        );
        Assert.Contains("| bars | 1 | 0 | 0 |", pull.Body, StringComparison.Ordinal);
        Assert.Contains("| functionality | 0 | 0 | 0 | 0 | 1 | 0 | 0 |", pull.Body, StringComparison.Ordinal);
        Assert.Contains("Others have graded 1 output of these too", pull.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("lab/", pull.Body, StringComparison.Ordinal);
        pull.Body = $"A word before.\r\n\r\n{pull.Body}\r\nA word after.";
        await SaveAsync(session, Two, 1, 0, GradeStatus.Flagged);

        var second = await SubmitAsync(hub, here, session);
        var third = await SubmitAsync(hub, here, session);

        Assert.Same(pull, Assert.Single(repository.Pulls));
        Assert.Equal(
            ("The pull request is brought up to date.", "The pull request is as it should be."),
            (second.Message, third.Message)
        );
        Assert.Equal("grade: 2 outputs of bars", pull.Title);
        Assert.StartsWith("A word before.", pull.Body, StringComparison.Ordinal);
        Assert.EndsWith("A word after.", pull.Body, StringComparison.Ordinal);
        Assert.Contains("| bars | 1 | 1 | 0 |", pull.Body, StringComparison.Ordinal);
        Assert.Single(pull.Body.Split("**ada** graded")[1..]);
        pull.Title = "My own title";
        await SaveAsync(session, Two, 2, 2);
        await SubmitAsync(hub, here, session);
        Assert.Equal("My own title", pull.Title);
    }

    [Fact]
    public async Task A_draft_is_a_draft_and_a_fork_is_made_and_pushed_to()
    {
        using var remote = new SharedRemote();
        using var bare = new TempFolder();
        new GitIn(bare.Path).Run("init", "-q", "--bare", "-b", "main");
        await using var hub = await FakeGitHub.StartAsync();
        var (repository, here) = Setup(hub, remote, writes: false);
        here.Repository.Git("config", $"url.{bare.Path}.insteadOf", $"{hub.Url}/ada/bench.git");
        hub.AddFork(repository, "ada/bench").Tip = branch => Tip(bare.Path, branch);
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);

        var result = await SubmitAsync(hub, here, session, fork: true, draft: true);

        var pull = Assert.Single(repository.Pulls);
        Assert.Equal(("ada/bench", true), (pull.Head.FullName, pull.Draft));
        Assert.Equal("A draft of a pull request is open.", result.Message);
        Assert.NotNull(Tip(bare.Path, Branch));
        Assert.Null(Tip(remote.Path, Branch));
        await SaveAsync(session, Two, 4, 3);
        await SubmitAsync(hub, here, session, fork: true);
        Assert.Single(repository.Pulls);
        Assert.Equal(here.Repository.Git("rev-parse", Branch), Tip(bare.Path, Branch));
    }

    [Fact]
    public async Task Who_submits_within_a_fork_is_told_how_to_reach_what_it_was_forked_from()
    {
        using var remote = new SharedRemote();
        await using var hub = await FakeGitHub.StartAsync();
        var (repository, here) = Setup(hub, remote, writes: false);
        var fork = hub.AddFork(repository, "ada/bench");
        fork.Tip = branch => Tip(remote.Path, branch);
        here.Repository.Git("remote", "set-url", "origin", $"{hub.Url}/ada/bench.git");
        here.Repository.Git("config", $"url.{remote.Path}.insteadOf", $"{hub.Url}/ada/bench.git");
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);

        var result = await SubmitAsync(hub, here, session);

        Assert.Single(fork.Pulls);
        Assert.Contains("for lab/bench itself", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401-bad-credentials")]
    [InlineData("403-forbidden-permission")]
    public async Task What_GitHub_refuses_leaves_the_branch_pushed_and_the_page_named(string refusal)
    {
        using var remote = new SharedRemote();
        await using var hub = await FakeGitHub.StartAsync();
        var (repository, here) = Setup(hub, remote);
        hub.Refuse("pulls/create", refusal);
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);

        var refused = await Assert.ThrowsAsync<ConcordException>(() => SubmitAsync(hub, here, session));

        Assert.Contains($"{hub.Url}/lab/bench/compare/main...{Branch}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, refused.ToString(), StringComparison.Ordinal);
        Assert.NotNull(Tip(remote.Path, Branch));
        Assert.True((await SubmitAsync(hub, here, session)).Pushed);
        Assert.Single(repository.Pulls);
    }

    [Theory]
    [InlineData(
        "https://github.com/lab/bench.git",
        "https://github.com/lab/bench/compare/main...grading/ada-2026-11-21?expand=1",
        "GH_TOKEN"
    )]
    [InlineData(
        "git@gitlab.example:group/lab/bench.git",
        "https://gitlab.example/group/lab/bench/-/merge_requests/new?merge_request%5Bsource_branch%5D=grading%2Fada-2026-11-21&merge_request%5Btarget_branch%5D=main",
        "this page"
    )]
    [InlineData(
        "ssh://git@codeberg.org/lab/bench",
        "https://codeberg.org/lab/bench/compare/main...grading/ada-2026-11-21?expand=1",
        "this page"
    )]
    [InlineData("https://git.example/lab/bench.git", null, "where the repository is kept")]
    public async Task Without_a_token_it_is_pushed_and_the_page_is_named_where_it_is_known(string url, string? page, string words)
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        here.Repository.Git("remote", "set-url", "origin", url);
        here.Repository.Git("config", $"url.{remote.Path}.insteadOf", url);
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);

        var result = await SharedRemote.SubmitAsync(
            here,
            session,
            new(here.Repository.Path, GraderId.Parse("ada"), here.Time, _ => { }) { Variable = _ => null }
        );

        Assert.True(result.Pushed);
        Assert.Equal(page, result.Url?.AbsoluteUri);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_remote_says_of_its_own_page_is_believed_of_its_own_host_alone()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        const string Url = "https://git.example/lab/bench.git";
        here.Repository.Git("remote", "set-url", "origin", Url);
        here.Repository.Git("config", $"url.{remote.Path}.insteadOf", Url);
        remote.Hook("post-receive", "echo 'see https://evil.example/x'\necho 'or https://git.example/lab/bench/new?b=1'\n");
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);

        var result = await SharedRemote.SubmitAsync(
            here,
            session,
            new(here.Repository.Path, GraderId.Parse("ada"), here.Time, _ => { }) { Variable = _ => null }
        );

        Assert.Equal("https://git.example/lab/bench/new?b=1", result.Url!.AbsoluteUri);
    }

    private static (FakeRepository Repository, GradingWorkspace Here) Setup(
        FakeGitHub hub,
        SharedRemote remote,
        bool writes = true
    )
    {
        hub.AddAccount("ada", Token);
        var repository = writes ? hub.AddRepository("lab/bench", "ada") : hub.AddRepository("lab/bench");
        repository.Tip = branch => Tip(remote.Path, branch);
        var here = remote.Clone();
        var url = $"{hub.Url}/lab/bench.git";
        here.Repository.Git("remote", "set-url", "origin", url);
        here.Repository.Git("config", $"url.{remote.Path}.insteadOf", url);
        return (repository, here);
    }

    private static async Task<SubmitResult> SubmitAsync(
        FakeGitHub hub,
        GradingWorkspace here,
        GradingSession session,
        bool fork = false,
        bool draft = false
    )
    {
        var said = new List<string>();
        var result = await SharedRemote.SubmitAsync(
            here,
            session,
            new(here.Repository.Path, GraderId.Parse("ada"), here.Time, said.Add)
            {
                Fork = fork,
                Draft = draft,
                Variable = name =>
                    name switch
                    {
                        "GH_HOST" => hub.Host,
                        "GH_ENTERPRISE_TOKEN" => Token,
                        _ => null,
                    },
            }
        );
        Assert.DoesNotContain(said, s => s.Contains(Token, StringComparison.Ordinal));
        return result;
    }

    private static string? Tip(string repository, string branch)
    {
        try
        {
            return new GitIn(repository).Run("rev-parse", "--verify", "-q", $"refs/heads/{branch}").Trim();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
