using System.Text.Json.Nodes;
using Concord.Core.Domain;
using Concord.Pipeline.Sandbox;
using Concord.Tests.Support;

namespace Concord.Tests.Testing;

/// <summary>The real command on real workspaces, with node's own test runner in the real sandbox.</summary>
public sealed class CodeChecksTests : IDisposable
{
    private const string Tests = """
        import test from "node:test";
        import assert from "node:assert";
        import { add } from "../functions.mjs";
        test("adds", () => assert.equal(add(1, 2), 3));
        test("adds negative numbers", () => assert.equal(add(-1, -2), -3));
        test("adds nothing", () => assert.equal(add(0, 0), 0));

        """;

    private readonly TestRepository _repository = TestWorkspace.Create(commit: false);

    public CodeChecksTests()
    {
        const string folder = "benchmarks/challenges/add";
        _repository.Write(
            $"{folder}/challenge.yaml",
            "title: Add\nkind: code\nprotected: [tests/, package.json]\nchecks: ['node --test tests/']\n"
        );
        _repository.Write($"{folder}/prompt.md", "Write add.\n");
        _repository.Write($"{folder}/files/functions.mjs", "export function add() {}\n");
        _repository.Write($"{folder}/files/tests/add.test.mjs", Tests);
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Tests_run_on_every_output_and_their_results_are_kept()
    {
        await SandboxHere.WithNodeAsync();
        Output("lab/good", ("functions.mjs", "export const add = (a, b) => a + b;\n"));
        Output("lab/half", ("functions.mjs", "export const add = (a, b) => Math.abs(a) + b;\n"));
        Output("lab/wrong", ("functions.mjs", "export const add = (a, b) => a +* b;\n"));
        Output("lab/idle", ("other.mjs", "export {};\n"));

        var result = await CheckAsync();

        Assert.Equal(
            [
                ("lab/good", true, 1, "3 of 3 tests passed."),
                ("lab/half", false, 0.666667, "2 of 3 tests passed; failed: adds negative numbers."),
                ("lab/idle", false, 0, "0 of 3 tests passed; failed: adds, adds negative numbers, adds nothing."),
                ("lab/wrong", false, 0, "0 of 1 tests passed; failed: tests/add.test.mjs."),
            ],
            result.Select(r => (r.Model, r.Passed, Math.Round(r.Value, 6), r.Detail))
        );
        Assert.Contains("\"tests-pass\"", Checks("lab/half"), StringComparison.Ordinal);
        Assert.Contains("0.666667", Checks("lab/half"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_outputs_give_the_same_bytes_at_any_concurrency()
    {
        await SandboxHere.WithNodeAsync();
        for (var i = 0; i < 6; i++)
            Output($"lab/m{i}", ("functions.mjs", $"export const add = (a, b) => a + b * {i % 3};\n"));

        await CheckAsync("--concurrency", "1");
        var first = Enumerable.Range(0, 6).Select(i => Checks($"lab/m{i}")).ToArray();
        await CheckAsync("--concurrency", "4");

        Assert.Equal(first, Enumerable.Range(0, 6).Select(i => Checks($"lab/m{i}")));
    }

    [Fact]
    public async Task Protected_files_are_the_challenges_whatever_the_output_brings()
    {
        await SandboxHere.WithNodeAsync();
        Output(
            "lab/cheat",
            ("functions.mjs", "export const add = () => 0;\n"),
            ("tests/add.test.mjs", "import test from 'node:test'; test('fine', () => {});\n"),
            ("package.json", "{\"type\": \"commonjs\"}\n")
        );

        var cheat = Assert.Single(await CheckAsync());

        Assert.Equal((false, "1 of 3 tests passed; failed: adds, adds negative numbers."), (cheat.Passed, cheat.Detail));
    }

    [Fact]
    public async Task Tests_that_an_output_adds_are_told()
    {
        await SandboxHere.WithNodeAsync();
        Output("lab/good", ("functions.mjs", "export const add = (a, b) => a + b;\n"));
        Output(
            "lab/more",
            ("functions.mjs", "import test from 'node:test'; test('mine', () => {}); export const add = (a, b) => a + b;\n")
        );

        var result = await CommandLine.RunAsync(_repository.Path, "bench", "check");

        Assert.Contains("passed different numbers of tests (3, 4)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_ends_its_tests_early_fails_where_their_number_is_known()
    {
        await SandboxHere.WithNodeAsync();
        const string yaml = "title: Add\nkind: code\nprotected: [tests/, package.json]\nchecks: ['node --test tests/']\n";
        Output("lab/early", ("functions.mjs", "export const add = 0;\nprocess.exit(0);\n"));
        Output("lab/good", ("functions.mjs", "export const add = (a, b) => a + b;\n"));
        Output("lab/half", ("functions.mjs", "export const add = (a, b) => Math.abs(a) + b;\n"));

        _repository.Write("benchmarks/challenges/add/challenge.yaml", yaml);
        Assert.Equal([true, true, false], (await CheckAsync()).Select(r => r.Passed));
        _repository.Write("benchmarks/challenges/add/challenge.yaml", yaml + "tests: 3\n");
        Assert.Equal(
            [
                ("lab/early", false, 0.333333, "1 of 1 tests passed. But the challenge has at least 3 tests."),
                ("lab/good", true, 1, "3 of 3 tests passed."),
                ("lab/half", false, 0.666667, "2 of 3 tests passed; failed: adds negative numbers."),
            ],
            (await CheckAsync()).Select(r => (r.Model, r.Passed, Math.Round(r.Value, 6), r.Detail))
        );
    }

    [Fact]
    public async Task What_has_no_end_is_stopped_and_nothing_printed_before_counts()
    {
        await SandboxHere.WithNodeAsync();
        _repository.Write(
            "benchmarks/challenges/add/challenge.yaml",
            "title: Add\nkind: code\ntimeout: 12\nprotected: [tests/]\nchecks: ['node functions.mjs']\n"
        );
        Output("lab/loop", ("functions.mjs", "console.log('# pass 9\\n# fail 0'); for (;;);\n"));
        Output("lab/flood", ("functions.mjs", "const more = () => process.stdout.write('x'.repeat(65536), more);\nmore();\n"));
        Output("lab/exit", ("functions.mjs", "process.exit(3);\n"));
        Output("lab/fine", ("functions.mjs", "process.exit(0);\n"));

        var results = await CheckAsync();

        Assert.Equal(
            [
                ("lab/exit", false, 0, "Ended with exit code 3."),
                ("lab/fine", true, 1, "Ended well."),
                ("lab/flood", false, 0, "Stopped at 1024 KiB of output."),
                ("lab/loop", false, 0, "Stopped after 12 seconds."),
            ],
            results.Select(r => (r.Model, r.Passed, r.Value, r.Detail))
        );
    }

    [Fact]
    public async Task Results_reach_automatic_csv_and_no_grade()
    {
        await SandboxHere.WithNodeAsync();
        Output("lab/good", ("functions.mjs", "export const add = (a, b) => a + b;\n"));
        await CheckAsync();
        _repository.Commit();

        var consensus = await CommandLine.RunAsync(_repository.Path, "consensus", "--write");

        Assert.Equal(0, consensus.ExitCode);
        Assert.Contains("add,lab/good,", _repository.Read("consensus/automatic.csv").Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains(
            "tests-pass,true,1,3 of 3 tests passed.",
            _repository.Read("consensus/automatic.csv"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_tested()
    {
        await SandboxHere.WithNodeAsync();
        Output("lab/good", ("functions.mjs", "export const add = (a, b) => a + b;\n"));
        Output("lab/good@2", ("functions.mjs", "export const add = (a, b) => a - b;\n"));
        Output("lab/other", ("functions.mjs", "export const add = (a, b) => a + b;\n"));

        Assert.Equal(
            ["lab/good", "lab/good@2"],
            (await CheckAsync("--models", "lab/good", "--challenge", "add")).Select(r => r.Model)
        );
        Assert.False(File.Exists(_repository["benchmarks/outputs/add/lab/other/checks.json"]));
        var unknown = await CommandLine.RunAsync(_repository.Path, "bench", "check", "--challenge", "ad");
        Assert.Equal((2, "There is no challenge 'ad'. Did you mean 'add'?"), (unknown.ExitCode, unknown.Error.Trim()));
        var page = await CommandLine.RunAsync(_repository.Path, "bench", "check", "--challenge", "bars");
        Assert.Contains("has no tests to run", page.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_go_when_the_challenge_loses_its_tests()
    {
        Output("lab/good", ("functions.mjs", "export {};\n"));
        _repository.Write(
            "benchmarks/outputs/add/lab/good/checks.json",
            "{\"checks\": [{\"check\": \"tests\", \"passed\": true}, {\"check\": \"tests-pass\", \"passed\": true}]}"
        );
        _repository.Write("benchmarks/challenges/add/challenge.yaml", "title: Add\nkind: code\n");

        await CheckAsync();

        Assert.Contains("\"tests\"", Checks("lab/good"), StringComparison.Ordinal);
        Assert.DoesNotContain("tests-pass", Checks("lab/good"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_sandbox_nothing_runs_unless_asked_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        _repository.Write(
            "benchmarks/challenges/add/challenge.yaml",
            "title: Add\nkind: code\nchecks: ['test -f functions.mjs && sleep 0']\n"
        );
        Output("lab/good", ("functions.mjs", "export {};\n"));
        // A PATH without bwrap.
        using var programs = new TempFolder();
        foreach (var name in (string[])["git", "dotnet", "sh", "sleep", "test"])
            if (Which(name) is { } path)
                File.CreateSymbolicLink(programs[name], path);
        (string, string)[] environment = [("PATH", programs.Path)];
        string[] command = ["dotnet", ConcordProcess.Program, "bench", "check"];

        var refused = await ConcordProcess.RunAsync(_repository.Path, environment, command);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("There is no sandbox", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--unsafe-run", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_repository["benchmarks/outputs/add/lab/good/checks.json"]));

        var accepted = await ConcordProcess.RunAsync(_repository.Path, environment, [.. command, "--unsafe-run"]);
        Assert.Equal(0, accepted.ExitCode);
        Assert.Contains("WITHOUT a sandbox", accepted.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 1 outputs pass", accepted.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_check_leaves_no_sandbox_running()
    {
        await SandboxHere.FindAsync();
        var mark = $"concord-mark-{Guid.NewGuid():N}";
        _repository.Write(
            "benchmarks/challenges/add/challenge.yaml",
            $"title: Add\nkind: code\ntimeout: 60\nchecks: [': {mark}; (setsid sh -c \": {mark}; while :; do sleep 1; done\" &); while :; do sleep 1; done']\n"
        );
        Output("lab/loop", ("functions.mjs", "export {};\n"));
        using var temporary = new TempFolder();
        using var check = ConcordProcess.Start(
            _repository.Path,
            [("TMPDIR", temporary.Path)],
            ["dotnet", ConcordProcess.Program, "bench", "check"]
        );
        await UntilAsync(() => Marked(mark) >= 3);

        check.Kill();

        await UntilAsync(() => Marked(mark) == 0);
        Assert.False(File.Exists(_repository["benchmarks/outputs/add/lab/loop/checks.json"]));
        Assert.Empty(Directory.GetFiles(temporary.Path, "concord-*"));
    }

    [Fact]
    public async Task What_the_sandbox_cannot_do_is_no_result()
    {
        var sandbox = await SandboxHere.FindAsync();

        var failure = await Assert.ThrowsAsync<ConcordException>(() =>
            sandbox.RunAsync(
                [],
                "true",
                ["/there/is/no/such/installation"],
                SandboxLimits.Within(TimeSpan.FromSeconds(5)),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal("sandbox-failed", failure.Problems[0].Rule);
    }

    private static int Marked(string mark) =>
        Directory.EnumerateDirectories("/proc").Count(p => CommandLineOf(p).Contains(mark, StringComparison.Ordinal));

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (condition())
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail("It did not happen within twenty seconds.");
    }

    private static string? Which(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(f => Path.Combine(f, name))
            .FirstOrDefault(File.Exists);

    private void Output(string model, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
            _repository.Write($"benchmarks/outputs/add/{model}/files/{path}", text);
        _repository.Write($"benchmarks/outputs/add/{model}/output.json", "{\"schema\": 1, \"status\": \"ok\"}\n");
    }

    private string Checks(string model) => _repository.Read($"benchmarks/outputs/add/{model}/checks.json");

    private async Task<IReadOnlyList<(string Model, bool Passed, double Value, string Detail)>> CheckAsync(
        params string[] arguments
    )
    {
        var result = await CommandLine.RunAsync(_repository.Path, ["bench", "check", "--json", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Error);
        return
        [
            .. JsonNode.Parse(result.Out)!["outputs"]!
                .AsArray()
                .Select(o => ((string)o!["model"]!, (bool)o["passed"]!, (double)o["value"]!, (string)o["detail"]!)),
        ];
    }
}
