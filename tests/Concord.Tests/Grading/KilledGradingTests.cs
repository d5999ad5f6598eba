using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;
using static Concord.Tests.Grading.GradingWorkspace;

namespace Concord.Tests.Grading;

/// <summary><c>kill -9</c> of a process that saves grades at full speed: what it acknowledged is in a commit, or is after the next start.</summary>
public sealed class KilledGradingTests
{
    private const string Place = "CONCORD_TEST_GRADING";
    private const string Driver = "Concord.Tests.Grading.KilledGradingTests.Saves_until_it_is_killed";

    [Fact]
    public Task Twenty_kills_lose_nothing_that_was_acknowledged() => KillAsync(20);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Two_hundred_kills_lose_nothing_that_was_acknowledged() => KillAsync(200);

    /// <summary>The process that is killed: this assembly, run for this alone.</summary>
    [Fact(Explicit = true)]
    public async Task Saves_until_it_is_killed()
    {
        var place = Environment.GetEnvironmentVariable(Place);
        Assert.SkipWhen(place is null, "Only the tests beside it start this.");
        await KilledDriver.BeginAsync(place!);
        await using var session = await GradingSession.OpenAsync(
            new(place!, GraderId.Parse("ada"), true, GradingMode.Grade, [], new FixedTime()),
            TestContext.Current.CancellationToken
        );
        for (var i = 0; ; i++)
        {
            var key = i % 2 == 0 ? One : Two;
            var saved = await SaveAsync(session, key, i % 6, i / 6 % 6, notes: $"save {i}, \"quoted\"\nand a second line");
            var line =
                $"{key.Model} {saved.Version} {saved.Grade.GradedAt.Ticks} {saved.Commit ?? saved.Pending!.ReplaceLineEndings(" ")}\n";
            await KilledDriver.AcknowledgeAsync(place!, line);
        }
    }

    private static async Task KillAsync(int kills)
    {
        using var here = new GradingWorkspace();
        here.MakeDirty();
        var before = here.UserState();
        var random = new Random(4711);
        var (saves, last) = (0, new Dictionary<string, (string Version, long At)>(StringComparer.Ordinal));
        for (var kill = 0; kill < kills; kill++)
        {
            using var driver = await KilledDriver.StartAsync(here.Repository, Place, Driver);
            // Half of them while the session opens or soon after, half in the midst of saving, however busy the machine is.
            var opening = kill % 2 == 0;
            if (!opening)
                await driver.FirstAsync();
            foreach (var line in await driver.KillAsync(random.NextDouble() * (opening ? 400 : 800)))
                if (line.Split(' ', 4) is [var model, var version, var at, var commit])
                {
                    Assert.True(commit.Length < 41, commit);
                    last[model] = (version, long.Parse(at, CultureInfo.InvariantCulture));
                    saves++;
                }
            await using var session = await here.OpenAsync();
            Assert.Empty(session.Pending);
            foreach (var (model, (version, at)) in last)
            {
                // The save after the last acknowledged one may be there too: it was on its way.
                var current = session.Current(Key(model))!;
                Assert.True(
                    current.Version == version || current.Grade.GradedAt.Ticks > at,
                    $"After kill {kill}: {model} is {current}, acknowledged was {version}."
                );
                Assert.NotNull(current.Commit);
                Assert.Contains(VersionsIn(here, session), v => v == version);
                last[model] = (current.Version, current.Grade.GradedAt.Ticks);
            }
            Assert.Empty(here.Repository.Git("fsck", "--strict", "--no-dangling"));
            Assert.Equal(before, here.UserState());
            var grades = Path.Combine(here.Tree(session.Id), "grades");
            Assert.Equal(last.Count > 0 || session.Current(One) is not null ? 1 : 0, Directory.EnumerateFiles(grades).Count());
        }
        TestContext.Current.SendDiagnosticMessage($"{kills} kills, {saves} acknowledged saves");
        Assert.True(saves >= kills / 2, $"Only {saves} saves were acknowledged.");
    }

    /// <summary>The versions of every row that the session's latest commits have: a save that was on its way may have followed.</summary>
    private static IEnumerable<string> VersionsIn(GradingWorkspace here, GradingSession session)
    {
        var rubric = session.Workspace.Benchmark.Criteria;
        foreach (var commit in here.Repository.Git("rev-list", "-4", session.Branch).Split('\n'))
        {
            byte[] bytes;
            try
            {
                bytes = System.Text.Encoding.UTF8.GetBytes(here.Committed(commit) + "\n");
            }
            catch (InvalidOperationException)
            {
                continue;
            }
            var problems = new Concord.Pipeline.Documents.ProblemList("grades");
            var sheet = Concord.Pipeline.Csv.GradeCsv.Read(bytes, GraderId.Parse("ada"), default, rubric, problems);
            Assert.False(problems.HasErrors);
            foreach (var grade in sheet.Grades)
                yield return SavedGrade.Of(grade, null, null).Version;
        }
    }
}
