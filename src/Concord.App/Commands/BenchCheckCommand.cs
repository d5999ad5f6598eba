using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Sandbox;
using Concord.Pipeline.Testing;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class BenchCheckCommand
{
    private const int MostConcurrency = 64;

    public static Command Create(Terminal terminal)
    {
        var challenge = new Option<string[]>("--challenge")
        {
            Description = "Only this challenge; may be repeated.",
            HelpName = "ID",
        };
        var models = new Option<string?>("--models")
        {
            Description = "Only these models, with commas between.",
            HelpName = "A,B",
        };
        var concurrency = new Option<int?>("--concurrency")
        {
            Description = "How many outputs at a time; else one for each processor.",
            HelpName = "N",
        };
        WholeNumber.UpTo(concurrency, MostConcurrency);
        var unsafeRun = new Option<bool>("--unsafe-run")
        {
            Description = "Run tests where there is no sandbox: the models' code then has your rights, files and network.",
        };
        var command = new Command(
            "check",
            "Run the tests of code challenges on their outputs, in a sandbox, and keep the results in checks.json."
        )
        {
            challenge,
            models,
            concurrency,
            unsafeRun,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var workspace = terminal
                    .While("Reading the workspace", () => WorkspaceReader.Read(open.Tree, open.Cache))
                    .OrThrow();
                var challenges = Chosen(workspace, parsed.GetValue(challenge) ?? []);
                var outputs = Chosen(workspace, challenges, parsed.GetValue(models));
                CodeChecks.Forget(
                    open.Root,
                    workspace.Outputs.Where(o => workspace.Challenges.Any(c => c.Id == o.Key.Challenge && !HasTests(c)))
                );
                Bubblewrap? sandbox = null;
                if (outputs.Count > 0)
                    sandbox = await SandboxAsync(terminal, parsed.GetValue(unsafeRun), cancellation);
                var count = 0;
                var results = await CodeChecks.RunAsync(
                    open.Root,
                    open.Tree,
                    challenges,
                    outputs,
                    sandbox,
                    parsed.GetValue(concurrency) ?? Math.Clamp(Environment.ProcessorCount, 1, 16),
                    r =>
                    {
                        if (terminal.Interactive)
                            terminal.Error.Write($"\r\e[K{++count} of {outputs.Count}: {PlainText.Of(r.Key.ToString())}");
                    },
                    cancellation
                );
                if (terminal.Interactive && count > 0)
                    terminal.Error.Write("\r\e[K");
                TellUnequal(terminal, results);
                if (options.AsJson(parsed))
                    Json.Write(terminal.Out, Document(results, sandbox));
                else
                    Print(terminal, results, challenges.Count);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static async Task<Bubblewrap?> SandboxAsync(Terminal terminal, bool unsafeRun, CancellationToken cancellation)
    {
        var (sandbox, why) = await Bubblewrap.FindAsync(cancellation);
        if (sandbox is not null)
        {
            terminal.Error.WriteLine($"In the sandbox: no network, {sandbox.Limits}.");
            return sandbox;
        }
        if (!unsafeRun)
            throw new ConcordException(
                "no-sandbox",
                $"There is no sandbox to run models' code in: {why}",
                "Install bubblewrap ('concord doctor' says how), or accept the risk with --unsafe-run."
            );
        terminal.Error.WriteLine($"WITHOUT a sandbox, as --unsafe-run asks: {why}");
        return null;
    }

    private static bool HasTests(Challenge challenge) => challenge.Kind == ChallengeKind.Code && challenge.Checks.Count > 0;

    private static IReadOnlyList<Challenge> Chosen(Workspace workspace, string[] names) =>
        NamedOutputs.Challenges(
            workspace,
            names,
            HasTests,
            other =>
                new(
                    "no-tests",
                    $"The challenge '{other.Id}' has no tests to run.",
                    "Give it 'kind: code' and the commands of its tests under 'checks:', such as 'node --test'.",
                    $"benchmarks/challenges/{other.Id}/challenge.yaml"
                )
        );

    private static IReadOnlyList<Output> Chosen(Workspace workspace, IReadOnlyList<Challenge> challenges, string? models)
    {
        var ids = challenges.Select(c => c.Id).ToHashSet();
        var named = NamedOutputs.Models(workspace, models);
        return
        [
            .. workspace.Outputs.Where(o =>
                o.Id is not null && ids.Contains(o.Key.Challenge) && (named.Count == 0 || named.Any(m => m.Covers(o.Key.Model)))
            ),
        ];
    }

    // The tests run in one process with the code that they test, which may add some.
    private static void TellUnequal(Terminal terminal, IReadOnlyList<CheckedOutput> results)
    {
        foreach (var challenge in results.GroupBy(r => r.Key.Challenge))
        {
            var counts = challenge.Where(r => r.Check.Passed == true).Select(r => r.Tests).Distinct().Order().ToArray();
            if (counts.Length > 1)
                terminal.Error.WriteLine(
                    $"Outputs of {challenge.Key} passed different numbers of tests ({string.Join(", ", counts)}): some bring their own. Name the test files in 'checks:', and protect them."
                );
        }
    }

    private static void Print(Terminal terminal, IReadOnlyList<CheckedOutput> results, int challenges)
    {
        if (results.Count == 0)
        {
            terminal.Out.WriteLine(
                challenges == 0 ? "No challenge of kind code has tests under 'checks:'." : "There is no output to test."
            );
            return;
        }
        terminal.Table(
            ["challenge", "model", "passed", "value", "detail"],
            results.Select(r =>
                (string[])
                    [
                        r.Key.Challenge.Value,
                        r.Key.Model.Value,
                        r.Check.Passed == true ? "yes" : "no",
                        Cells.Number(r.Check.Value),
                        r.Check.Detail,
                    ]
            ),
            3
        );
        terminal.Out.WriteLine($"{results.Count(r => r.Check.Passed == true)} of {results.Count} outputs pass their tests.");
    }

    private static object Document(IReadOnlyList<CheckedOutput> results, Bubblewrap? sandbox) =>
        new
        {
            Sandbox = sandbox is not null,
            Limits = sandbox?.Limits,
            Outputs = results.Select(r => new
            {
                Challenge = r.Key.Challenge.Value,
                Model = r.Key.Model.Value,
                r.Check.Passed,
                r.Check.Value,
                r.Tests,
                r.Check.Detail,
            }),
        };
}
