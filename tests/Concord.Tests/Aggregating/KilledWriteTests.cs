using System.Diagnostics;
using Concord.Tests.Support;

namespace Concord.Tests.Aggregating;

/// <summary><c>kill -9</c> of a real <c>concord consensus --write</c>, anywhere between its start and its end.</summary>
public sealed class KilledWriteTests
{
    [Fact]
    public Task A_kill_leaves_whole_files_and_the_next_run_finishes() => KillAsync(8);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Fifty_kills_leave_whole_files_and_some_hit_the_write()
    {
        var (leftovers, mixed) = await KillAsync(50);

        Assert.True(leftovers + mixed > 0, "No kill hit the moments of writing, so nothing was tried.");
    }

    private static async Task<(int Leftovers, int Mixed)> KillAsync(int kills)
    {
        using var repository = ConsensusFolder.Create();
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, (await ConcordProcess.RunAsync(repository.Path, "consensus", "--write")).ExitCode);
        var whole = watch.Elapsed;
        var random = new Random(4711);
        var (leftovers, mixed) = (0, 0);
        for (var i = 1; i <= kills; i++)
        {
            ConsensusFolder.Grade(repository, i);
            var old = ConsensusFolder.Actual(repository);
            var now = ConsensusFolder.Expected(repository);
            Assert.False(ConsensusFolder.Same(old, now));

            // Every other kill waits for the first temporary file, because the write itself is short.
            await KillOneAsync(
                repository,
                i % 2 == 0 ? whole * random.NextDouble() : null,
                TimeSpan.FromMilliseconds(random.NextDouble() * 12)
            );

            var actual = ConsensusFolder.Actual(repository);
            Assert.Equal(old.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
            foreach (var (path, bytes) in actual)
                Assert.True(
                    bytes.AsSpan().SequenceEqual(old[path]) || bytes.AsSpan().SequenceEqual(now[path]),
                    $"{path} is neither old nor new after kill {i}."
                );
            var isMixed = !ConsensusFolder.Same(actual, old) && !ConsensusFolder.Same(actual, now);
            var isLeft = ConsensusFolder.Leftovers(repository).Length > 0;
            (leftovers, mixed) = (leftovers + (isLeft ? 1 : 0), mixed + (isMixed ? 1 : 0));
            Assert.Equal(isMixed || isLeft ? 1 : 0, (await Findings.OfAsync(repository.Path)).ExitCode);

            Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "consensus", "--write")).ExitCode);
            Assert.Empty(ConsensusFolder.Leftovers(repository));
            Assert.True(
                ConsensusFolder.Same(ConsensusFolder.Actual(repository), now),
                $"The run after kill {i} did not finish the set."
            );
            Assert.Empty((await Findings.OfAsync(repository.Path)).All);
        }
        TestContext.Current.SendDiagnosticMessage($"{kills} kills: {leftovers} left temporary files, {mixed} left a mixed set.");
        return (leftovers, mixed);
    }

    private static async Task KillOneAsync(TestRepository repository, TimeSpan? after, TimeSpan later)
    {
        using var process = ConcordProcess.Start(repository.Path, [], ["dotnet", ConcordProcess.Program, "consensus", "--write"]);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();
        while (
            !process.HasExited && (after is { } time ? watch.Elapsed < time : ConsensusFolder.Leftovers(repository).Length == 0)
        )
            Thread.Yield();
        if (after is null)
            for (watch.Restart(); watch.Elapsed < later; )
                Thread.SpinWait(20);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(output, error);
    }
}
