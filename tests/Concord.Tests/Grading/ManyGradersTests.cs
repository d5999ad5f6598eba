using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.Tests.Grading;

/// <summary>Graders at work at the same time, each on a clone of one bare repository that knows nothing of the others.</summary>
public sealed class ManyGradersTests
{
    private const int Models = 5;
    private const int SavesBetweenPushes = 3;

    private sealed record Acknowledged(OutputKey Key, double Score, string Notes, string Commit);

    [Theory]
    [InlineData(6)]
    public Task No_grade_of_graders_on_clones_of_one_remote_conflicts_or_is_lost(int graders) => GradeAsync(graders);

    [Theory, Trait("Category", "Soak")]
    [InlineData(50)]
    public Task No_grade_of_fifty_graders_on_clones_of_one_remote_conflicts_or_is_lost(int graders) => GradeAsync(graders);

    private static async Task GradeAsync(int graders)
    {
        using var remote = new TempFolder();
        using var seed = Seed(remote);
        var clones = Enumerable.Range(0, graders).Select(i => Clone(remote, Name(i))).ToArray();
        try
        {
            var acknowledged = await Task.WhenAll(clones.Select((clone, i) => Task.Run(() => SitAsync(clone, Name(i)))));

            Assert.Equal("", seed.Git("--git-dir", remote.Path, "fsck", "--strict", "--no-dangling", "--no-progress"));
            for (var i = 0; i < graders; i++)
                AssertHas(seed, remote, Name(i), acknowledged[i]);
            var order = Enumerable.Range(0, graders).Select(Name).ToArray();
            var shuffled = (string[])order.Clone();
            new Random(5).Shuffle(shuffled);
            var merged = new[] { order, [.. order.Reverse()], shuffled }.Select(o => Merged(remote, o)).ToArray();
            Assert.Single(merged.Distinct());
            await AssertPeersAsync(clones[0], graders);
        }
        finally
        {
            foreach (var clone in clones)
                clone.Dispose();
        }
    }

    // Grades everything, then changes the first; pushes and fetches on the way.
    private static async Task<IReadOnlyList<Acknowledged>> SitAsync(TestRepository clone, string grader)
    {
        var acknowledged = new List<Acknowledged>();
        await using var session = await OpenAsync(clone, grader);
        foreach (var key in session.Order.Append(session.Order[0]))
        {
            var number = acknowledged.Count;
            var saved = await GradingWorkspace.SaveAsync(
                session,
                key,
                number % 6,
                3,
                notes: $"{grader} {number}",
                version: session.Current(key)?.Version ?? ""
            );
            Assert.Null(saved.Pending);
            acknowledged.RemoveAll(a => a.Key == key);
            acknowledged.Add(new(key, number % 6, $"{grader} {number}", saved.Commit!));
            if (number % SavesBetweenPushes == SavesBetweenPushes - 1)
            {
                clone.Git("push", "-q", "origin", session.Branch);
                clone.Git("fetch", "-q", "origin");
            }
        }
        clone.Git("push", "-q", "origin", session.Branch);
        Assert.Equal("", clone.Git("status", "--porcelain"));
        return acknowledged;
    }

    private static void AssertHas(TestRepository seed, TempFolder remote, string grader, IReadOnlyList<Acknowledged> acknowledged)
    {
        Assert.Equal(Models, acknowledged.Count);
        string InRemote(params string[] arguments) => seed.Git(["--git-dir", remote.Path, .. arguments]);
        var branch = InRemote("for-each-ref", "--format=%(refname)", $"refs/heads/grading/{grader}-*");
        var rows = InRemote("show", $"{branch}:{InRemote("diff", "--name-only", "main", branch)}").Split('\n');
        Assert.Equal(Models + 1, rows.Length);
        var commits = InRemote("log", "--format=%H", $"main..{branch}");
        foreach (var (key, score, notes, commit) in acknowledged)
        {
            Assert.Single(
                rows,
                r =>
                    r.StartsWith($"{key.Challenge},{key.Model},", StringComparison.Ordinal)
                    && r.Contains(
                        string.Create(CultureInfo.InvariantCulture, $",{score},3,graded,{notes},"),
                        StringComparison.Ordinal
                    )
            );
            Assert.Contains($"\n{commit}", $"\n{commits}", StringComparison.Ordinal);
        }
    }

    /// <summary>The tree that merging every branch into the default branch gives; a conflict fails.</summary>
    private static string Merged(TempFolder remote, IEnumerable<string> order)
    {
        using var clone = Clone(remote, "lead");
        foreach (var grader in order)
            clone.Git(
                "merge",
                "-q",
                "--no-edit",
                clone.Git("for-each-ref", "--format=%(refname)", $"refs/remotes/origin/grading/{grader}-*")
            );
        Assert.Equal(order.Count(), clone.Git("ls-files", "grades").Split('\n').Length);
        return clone.Git("rev-parse", "HEAD^{tree}");
    }

    private static async Task AssertPeersAsync(TestRepository clone, int graders)
    {
        clone.Git("fetch", "-q", "origin");
        await using var session = await OpenAsync(clone, Name(0));
        Assert.All(session.Order, k => Assert.Equal(graders - 1, session.PeerGraders[k]));
    }

    private static Task<GradingSession> OpenAsync(TestRepository clone, string grader) =>
        GradingSession.OpenAsync(
            new(clone.Path, GraderId.Parse(grader), true, GradingMode.Grade, [], TimeProvider.System),
            TestContext.Current.CancellationToken
        );

    private static TestRepository Seed(TempFolder remote)
    {
        var seed = TestWorkspace.Create(commit: false);
        for (var i = 0; i < Models - 2; i++)
            TestWorkspace.AddOutput(seed, "bars", $"lab/more-{i}", $"<p>more {i}</p>\n");
        seed.Commit("start");
        seed.Git("init", "-q", "--bare", "-b", "main", remote.Path);
        seed.Git("push", "-q", remote.Path, "main");
        return seed;
    }

    private static TestRepository Clone(TempFolder remote, string name)
    {
        var clone = new TestRepository();
        clone.Git("remote", "add", "origin", remote.Path);
        clone.Git("fetch", "-q", "origin");
        clone.Git("checkout", "-q", "-B", "main", "origin/main");
        clone.Git("remote", "set-head", "origin", "main");
        clone.Git("config", "user.name", name);
        clone.Git("config", "user.email", $"{name}@concord.example");
        return clone;
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"grader-{number}");
}
