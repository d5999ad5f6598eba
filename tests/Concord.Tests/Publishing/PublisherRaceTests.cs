using System.Globalization;
using Concord.Tests.Support;
using static Concord.Tests.Support.TestWorkspace;

namespace Concord.Tests.Publishing;

public sealed class PublisherRaceTests
{
    private const int Rounds = 20;

    [Fact]
    public async Task Two_publishers_and_a_merger_race_and_lose_no_commit_and_leave_one_consensus()
    {
        using var remote = new PublishedRemote();
        TestRepository[] clones = [remote.Clone(), remote.Clone()];
        var files = new List<string>();

        for (var round = 0; round < Rounds; round++)
        {
            var score = (round % 6).ToString(CultureInfo.InvariantCulture);
            string[] names = [$"ada-2026-10-{round + 1:00}.csv", $"ben-2026-10-{round + 1:00}.csv"];
            var at = $"2026-10-{round + 1:00}T09:00:00Z";
            files.AddRange(names);
            remote.Merge(names[0], Row("lab/one", $"{score},3", at: at));
            var racing = clones.Select(c => Task.Run(() => remote.PublishAsync(c))).ToArray();
            remote.Merge(names[1], Row("lab/one", $"3,{score}", at: at));

            foreach (var result in await Task.WhenAll(racing))
                Assert.True(result.ExitCode == 0, result.Error);
        }
        foreach (var clone in clones)
            Assert.Equal(0, (await remote.PublishAsync(clone)).ExitCode);

        var commits = remote.Lines("log", "--reverse", "--format=%H %P|%s|%(trailers:key=Source,valueonly,separator=)", "main");
        var subjects = commits.Select(c => c.Split('|')[1]).ToArray();
        Assert.Equal(
            files.Select(f => $"grade: {f}").Order(),
            subjects.Where(s => s.StartsWith("grade: ", StringComparison.Ordinal)).Order()
        );
        Assert.Equal(files.Order(), remote.Lines("ls-tree", "--name-only", "main:grades").Order());
        // Each lies right on what it counts, and changes something: never is the same published twice.
        foreach (var commit in commits.Where(c => c.Contains("|consensus: ", StringComparison.Ordinal)))
        {
            var (ids, source) = (commit.Split('|')[0].Split(' '), commit.Split('|')[2]);
            Assert.Equal([ids[1]], ids[1..]);
            Assert.Equal(ids[1], source);
            Assert.NotEmpty(remote.Git("diff-tree", "-r", "--name-only", ids[1], ids[0]));
        }
        for (var i = 1; i < subjects.Length; i++)
            Assert.False(
                subjects[i].StartsWith("consensus: ", StringComparison.Ordinal)
                    && subjects[i - 1].StartsWith("consensus: ", StringComparison.Ordinal),
                subjects[i]
            );
        Assert.Equal("consensus: 2 grades by 2 graders", subjects[^1]);
        Assert.Equal("", await remote.WrittenAnewAsync());
        Assert.All(clones, c => Assert.Equal("", c.Git("for-each-ref", "refs/concord")));
    }
}
