using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Concord.Tests.GitHub;

/// <summary>What a run without rights leaves to one that may comment.</summary>
public sealed class WorkflowRunTests : GitHubTests
{
    private static readonly string Sha = new('6', 40);

    [Fact]
    public async Task The_pull_request_of_a_run_from_a_fork_is_the_one_with_its_branch_and_commit()
    {
        using var session = GitHubSession.With(Fake, GitHubSession.AppToken);
        var fork = Fake.AddFork(Bench, "grader-b/bench");
        fork.Branches["work"] = Sha;
        Bench.Branches["work"] = new('8', 40);
        using (var grader = GitHubSession.With(Fake, GitHubSession.OtherToken))
            await grader.Pulls.SubmitAsync(new(new("grader-b", "bench"), "work", "main", "Grades", ""), Cancellation);
        using (var insider = GitHubSession.With(Fake))
            await insider.Pulls.SubmitAsync(new(GitHubSession.Bench, "work", "main", "Other", ""), Cancellation);
        Bench.Runs.Add(
            new()
            {
                Id = 30,
                Head = fork,
                Branch = "work",
                Sha = Sha,
            }
        );
        Bench.Runs.Add(
            new()
            {
                Id = 31,
                Head = fork,
                Branch = "work",
                Sha = new('0', 40),
            }
        );
        var runs = session.Client.RunsOf(GitHubSession.Bench);

        var run = await runs.GetAsync(30, Cancellation);
        Assert.Equal(("pull_request", Sha), (run.Event, run.HeadSha));
        Assert.Equal(1, Assert.Single(await runs.PullRequestsAsync(run, Cancellation)).Number);
        // Pushed to since.
        Assert.Empty(await runs.PullRequestsAsync(await runs.GetAsync(31, Cancellation), Cancellation));
    }

    [Fact]
    public async Task An_artifact_is_read_from_another_host_which_sees_no_token()
    {
        var seen = new ConcurrentQueue<string>();
        await using var files = await FilesAsync(Fake, seen);
        var run = new FakeRun
        {
            Id = 30,
            Head = Bench,
            Branch = "x",
            Sha = Sha,
        };
        for (var i = 0; i < 201; i++)
            run.Artifacts[$"other-{i}"] = [];
        run.Artifacts["concord-check"] = Zip(("report.json", "{}"), ("sub/notes.md", "Good."));
        Bench.Runs.Add(run);
        var runs = Session.Client.RunsOf(GitHubSession.Bench);

        var artifact = Assert.Single(await runs.ArtifactsAsync(30, Cancellation), a => a.Name == "concord-check");
        var content = await runs.FilesAsync(artifact, 100_000, Cancellation);

        Assert.Equal(["report.json", "sub/notes.md"], content.Keys);
        Assert.Equal("{}"u8.ToArray(), content["report.json"]);
        Assert.Equal([""], seen);
        Assert.Equal(3, Fake.Calls.Count(c => c.Id == "actions/list-workflow-run-artifacts"));
    }

    [Theory]
    [InlineData("bomb", "larger than 97 KB")]
    [InlineData("large", "larger than 97 KB")]
    [InlineData("garbage", "no zip file")]
    [InlineData("twice", "no zip file")]
    [InlineData("expired", "expired")]
    public async Task An_artifact_that_a_stranger_made_to_harm_is_refused(string how, string why)
    {
        await using var files = await FilesAsync(Fake, new());
        var run = new FakeRun
        {
            Id = 30,
            Head = Bench,
            Branch = "x",
            Sha = Sha,
        };
        run.Artifacts["concord-check"] = how switch
        {
            "bomb" => Zip(("report.json", new string(' ', 20_000_000))),
            "large" => new byte[200_000],
            "twice" => Zip(("report.json", "{}"), ("report.json", "[]")),
            _ => "no zip"u8.ToArray(),
        };
        if (how == "expired")
            run.Expired.Add("concord-check");
        Bench.Runs.Add(run);
        var runs = Session.Client.RunsOf(GitHubSession.Bench);
        var artifact = Assert.Single(await runs.ArtifactsAsync(30, Cancellation));

        var problem = await GitHubSession.FailAsync(() => runs.FilesAsync(artifact, 100_000, Cancellation));

        Assert.Equal("github-artifact", problem.Rule);
        Assert.Contains(why, problem.What);
    }

    [Fact]
    public async Task A_file_that_is_larger_than_was_said_is_not_taken_in()
    {
        await using var files = await FilesAsync(Fake, new());
        var run = new FakeRun
        {
            Id = 30,
            Head = Bench,
            Branch = "x",
            Sha = Sha,
        };
        run.Artifacts["concord-check"] = new byte[200_000];
        Bench.Runs.Add(run);

        var problem = await GitHubSession.FailAsync(() =>
            Session.Client.RunsOf(GitHubSession.Bench).FilesAsync(new(30_000, "concord-check", 10, false), 100_000, Cancellation)
        );

        Assert.Equal("github-not-understood", problem.Rule);
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var (name, text) in files)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        return bytes.ToArray();
    }

    private static async Task<WebApplication> FilesAsync(FakeGitHub fake, ConcurrentQueue<string> seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            seen.Enqueue(context.Request.Headers.Authorization.ToString());
            var id = long.Parse(context.Request.Path.Value!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            return context.Response.Body.WriteAsync(fake.ArtifactBytes(id)).AsTask();
        });
        await app.StartAsync();
        fake.FileHost = app.Urls.Single();
        return app;
    }
}
