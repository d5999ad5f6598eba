using System.Collections.Concurrent;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Replies;
using Concord.Pipeline.Sandbox;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Testing;

/// <summary>Runs the tests of code challenges on outputs, each in a sandbox of its own, and writes what came of it to checks.json.</summary>
public static class CodeChecks
{
    /// <summary>The name of the check.</summary>
    public const string Name = "tests-pass";

    /// <summary>Tests outputs.</summary>
    /// <param name="root">The workspace's folder.</param>
    /// <param name="tree">Its files.</param>
    /// <param name="challenges">Challenges of kind code that have checks.</param>
    /// <param name="outputs">Outputs of these challenges, with files.</param>
    /// <param name="sandbox">Where to run them; null to run them with the user's own rights.</param>
    /// <param name="concurrency">How many at a time.</param>
    /// <param name="done">Told of each result, from any thread, one at a time.</param>
    /// <param name="cancellation">Kills what runs; what was tested stays written.</param>
    /// <returns>The results, sorted.</returns>
    /// <exception cref="ConcordException">A file could not be read or written.</exception>
    public static async Task<IReadOnlyList<CheckedOutput>> RunAsync(
        string root,
        FileTree tree,
        IReadOnlyList<Challenge> challenges,
        IReadOnlyList<Output> outputs,
        Bubblewrap? sandbox,
        int concurrency,
        Action<CheckedOutput> done,
        CancellationToken cancellation
    )
    {
        var starters = challenges.ToDictionary(
            c => c.Id,
            c => ChallengeFolder.Starters(tree, c.Id).Select(s => (s.Path, Bytes: s.Bytes.ToArray())).ToArray()
        );
        var results = new ConcurrentBag<CheckedOutput>();
        var telling = new Lock();
        await Parallel.ForEachAsync(
            outputs,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation },
            async (output, stop) =>
            {
                var challenge = challenges.First(c => c.Id == output.Key.Challenge);
                (string, byte[])[] files;
                lock (tree)
                    files = Files(tree, challenge, starters[challenge.Id], output);
                var (check, tests) = await CheckAsync(challenge, files, sandbox, stop);
                var result = new CheckedOutput(output.Key, check, tests);
                lock (telling)
                {
                    CheckFile.Merge(Path.Combine(root, output.Key.Folder), output.Id, [check], [Name]);
                    results.Add(result);
                    done(result);
                }
            }
        );
        return [.. results.OrderBy(r => r.Key)];
    }

    /// <summary>Removes results of outputs whose challenge has no tests any more.</summary>
    /// <param name="root">The workspace's folder.</param>
    /// <param name="outputs">Outputs of other challenges than those with tests.</param>
    public static void Forget(string root, IEnumerable<Output> outputs)
    {
        foreach (var output in outputs.Where(o => o.Checks.Any(c => c.Name == Name)))
            CheckFile.Merge(Path.Combine(root, output.Key.Folder), output.Id, [], [Name]);
    }

    /// <summary>Runs a challenge's commands on some files and puts their results into one.</summary>
    internal static async Task<(CheckResult Check, int Tests)> CheckAsync(
        Challenge challenge,
        (string Path, byte[] Bytes)[] files,
        Bubblewrap? sandbox,
        CancellationToken cancellation
    )
    {
        var limits = SandboxLimits.Within(TimeSpan.FromSeconds(challenge.TimeoutSeconds));
        var outcomes = new List<TestOutcome>();
        foreach (var command in challenge.Checks)
        {
            if (files.Sum(f => (long)f.Bytes.Length) > limits.FolderBytes / 2)
                outcomes.Add(new(0, 1, $"The files are larger than {limits.FolderBytes / 2 >> 20} MiB."));
            else if (sandbox is null)
                outcomes.Add(TestOutcome.Of(await Unconfined.RunAsync(files, command, limits, cancellation), limits));
            else
                outcomes.Add(
                    TestOutcome.Of(await sandbox.RunAsync(files, command, Installations(command), limits, cancellation), limits)
                );
        }
        var (passed, total) = (outcomes.Sum(o => o.Passed), outcomes.Sum(o => o.Total));
        var detail =
            outcomes.Count == 1
                ? outcomes[0].Detail
                : string.Join(
                    ' ',
                    outcomes.Select((o, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {o.Detail}"))
                );
        // Code under test may end the process before a test has run, and a runner takes the file for one that passed.
        var least = Math.Max(challenge.LeastTests ?? 0, total);
        if (passed == total && total < least)
            detail += string.Create(CultureInfo.InvariantCulture, $" But the challenge has at least {least} tests.");
        return (new(Name, passed == least, least == 0 ? 0 : (double)passed / least, detail), total);
    }

    // Programs of a version manager lie in the home folder, of which nothing else is to be seen.
    private static IReadOnlyList<string> Installations(string command) =>
        command.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() is { } program
        && !program.Contains('/', StringComparison.Ordinal)
            ? Programs.Installation(program)
            : [];

    // The output's files lie over the starter files, but for protected ones, which are the challenge's or nobody's.
    private static (string Path, byte[] Bytes)[] Files(
        FileTree tree,
        Challenge challenge,
        (string Path, byte[] Bytes)[] starters,
        Output output
    )
    {
        var rules = ChallengeFiles.Of(challenge, []);
        var own = output.Files.Where(f => !rules.Protects(f)).ToArray();
        var taken = own.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. starters.Where(s => !taken.Contains(s.Path)),
            .. own.Select(f => (f, tree.ReadListed($"{output.Key.Folder}/files/{f}"))),
        ];
    }
}
