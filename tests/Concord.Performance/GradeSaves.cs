using System.Diagnostics;
using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Trees;

namespace Concord.Performance;

/// <summary>
/// From a submitted grade to one that is flushed and committed, beside a bare <c>git commit --only</c> of the same bytes in a linked
/// work tree of the same kind, and beside writing and flushing them too. They take turns, so that a busy machine is busy for all.
/// </summary>
internal static class GradeSaves
{
    private const int Outputs = 200;

    public static async Task<int> RunAsync(int saves)
    {
        var root = Directory.CreateTempSubdirectory("concord-saves-").FullName;
        try
        {
            Write(root);
            await SpeedWorkspace.CommitAsync(root);
            var git = new GitCommand(root);
            await git.RunAsync(["worktree", "add", "-q", "-b", "bare", Path.Combine(root, ".git", "bare")], default);
            await using var session = await GradingSession.OpenAsync(
                new(root, GraderId.Parse("ada"), true, GradingMode.Grade, [], TimeProvider.System),
                default
            );
            var (ours, bare, flushed) = (new List<double>(), new List<double>(), new List<double>());
            var file = $"grades/ada-{session.StartedAt:yyyy-MM-dd}.csv";
            var (journal, plain) = (
                Path.Combine(root, ".git/concord/grading", session.Id, "tree", file),
                Path.Combine(root, ".git/bare", file)
            );
            var other = new GitCommand(Path.Combine(root, ".git", "bare")) { AsUser = true };
            for (var i = 0; i < saves; i++)
            {
                var key = session.Order[i % session.Order.Count];
                var output = session.Workspace.Outputs.First(o => o.Key == key).Id!.Value;
                var watch = Stopwatch.StartNew();
                var saved = await session.SaveAsync(
                    new(key, output, [i % 6], GradeStatus.Graded, $"save {i}", 10),
                    session.Current(key)?.Version ?? "",
                    default
                );
                var mine = watch.Elapsed.TotalMilliseconds;
                if (saved.Commit is null)
                    throw new InvalidOperationException(saved.Pending);
                var bytes = await File.ReadAllBytesAsync(journal);
                watch.Restart();
                AtomicFile.Replace(plain, bytes);
                var writing = watch.Elapsed.TotalMilliseconds;
                if (i == 0)
                    await other.RunAsync(["add", file], default);
                watch.Restart();
                await other.RunAsync(["commit", "--only", "-F", "-", "--", file], default, $"save {i}\n");
                if (i == 0)
                    continue;
                ours.Add(mine);
                bare.Add(watch.Elapsed.TotalMilliseconds);
                flushed.Add(watch.Elapsed.TotalMilliseconds + writing);
            }
            Console.WriteLine(
                $"{saves} saves of {Outputs} outputs, {Environment.ProcessorCount} cores; milliseconds: median, 95th of a hundred"
            );
            Say("bare git commit --only", bare, bare);
            Say("the same, written and flushed before", flushed, bare);
            Say("a saved grade", ours, bare);
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Say(string what, List<double> values, List<double> beside) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {At(values, 0.5):0.0}, {At(values, 0.95):0.0}; ratio {At(values, 0.5) / At(beside, 0.5):0.00}"
            )
        );

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));

    private static void Write(string root)
    {
        void File(string path, string text) => AtomicFile.Replace(Path.Combine(root, path), Encoding.UTF8.GetBytes(text));
        File("benchmarks/benchmark.yaml", "schema: 1\nname: saves\ncriteria:\n  - {id: quality, scale: {min: 0, max: 5}}\n");
        File("benchmarks/challenges/bars/challenge.yaml", "title: Bars\n");
        File("benchmarks/challenges/bars/prompt.md", "Draw.\n");
        for (var i = 0; i < Outputs; i++)
        {
            File($"benchmarks/outputs/bars/lab/m{i:000}/output.json", "{\"schema\":1,\"status\":\"ok\"}\n");
            File($"benchmarks/outputs/bars/lab/m{i:000}/files/index.html", $"<p>{i}</p>\n");
        }
    }
}
