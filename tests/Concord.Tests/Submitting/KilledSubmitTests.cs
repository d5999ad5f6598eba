using System.Globalization;
using Concord.App;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Submitting;
using Concord.Tests.Support;
using static Concord.Tests.Grading.GradingWorkspace;

namespace Concord.Tests.Submitting;

/// <summary><c>kill -9</c> of a process that saves and submits at full speed: the next submit brings all that was acknowledged.</summary>
public sealed class KilledSubmitTests
{
    private const string Place = "CONCORD_TEST_SUBMITTING";
    private const string Driver = "Concord.Tests.Submitting.KilledSubmitTests.Submits_until_it_is_killed";
    private const string Branch = "grading/ada-2026-11-21";

    [Fact]
    public Task Six_kills_lose_nothing() => KillAsync(6);

    [Fact]
    [Trait("Category", "Soak")]
    public Task A_hundred_kills_lose_nothing() => KillAsync(100);

    /// <summary>The process that is killed: this assembly, run for this alone.</summary>
    [Fact(Explicit = true)]
    public async Task Submits_until_it_is_killed()
    {
        var place = Environment.GetEnvironmentVariable(Place);
        Assert.SkipWhen(place is null, "Only the tests beside it start this.");
        var cancellation = TestContext.Current.CancellationToken;
        var (time, ada) = (new FixedTime(), GraderId.Parse("ada"));
        await using var session = await GradingSession.OpenAsync(
            new(place!, ada, true, GradingMode.Grade, [], time),
            cancellation
        );
        await KilledDriver.BeginAsync(place!);
        for (var i = 1; ; i++)
        {
            var key = i % 2 == 0 ? One : Two;
            var saved = await SaveAsync(session, key, i % 6, i / 6 % 6);
            await KilledDriver.AcknowledgeAsync(place!, $"{key.Model} {Timestamp.Of(saved.Grade.GradedAt)}\n");
            var submission = await Submission.OpenAsync(new(place!, ada, time, _ => { }), cancellation);
            await Handover.OfAsync(submission, ada, session.AtRestAsync, cancellation);
        }
    }

    private static async Task KillAsync(int kills)
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        here.MakeDirty();
        var before = here.UserState();
        var random = new Random(4711);
        var (last, saves) = (new Dictionary<string, string>(StringComparer.Ordinal), 0);
        for (var kill = 0; kill < kills; kill++)
        {
            using var driver = await KilledDriver.StartAsync(here.Repository, Place, Driver);
            remote.Push("README.md", string.Create(CultureInfo.InvariantCulture, $"moved on {kill}\n"));
            // Half of them while the session opens or soon after, half after something was saved, however busy the machine is.
            if (kill % 2 == 1)
                await driver.FirstAsync();
            foreach (var line in await driver.KillAsync(random.NextDouble() * (kill % 2 == 1 ? 1500 : 500)))
                if (line.Split(' ') is [var model, var at])
                {
                    last[model] = at;
                    saves++;
                }

            var result = await SharedRemote.SubmitAsync(here);

            Assert.True(result.ExitCode == 0, $"After kill {kill}: {result.Error}");
            Assert.Equal(before, here.UserState());
            if (last.Count == 0)
                continue;
            Assert.Single(remote.Subjects(Branch));
            var rows = remote.File(Branch).Split('\n')[1..].Select(r => r.Split(',')).ToDictionary(r => r[1], r => r[^2]);
            foreach (var (model, at) in last)
                Assert.True(
                    string.CompareOrdinal(rows[model], at) >= 0,
                    $"After kill {kill}: {model} is of {rows[model]}, acknowledged was {at}."
                );
            SubmitTests.AssertClean(here);
        }
        TestContext.Current.SendDiagnosticMessage($"{kills} kills, {saves} acknowledged saves");
        Assert.True(saves >= kills / 2, $"Only {saves} saves were acknowledged.");
    }
}
