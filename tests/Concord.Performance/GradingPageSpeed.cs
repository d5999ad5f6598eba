using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Microsoft.Playwright;

namespace Concord.Performance;

/// <summary>
/// The grading page as a grader has it: <c>concord grade</c> as a process, its HTTP, a real browser. Side by side in one run with a bare
/// <c>git commit --only</c>; the figures of two other graders were measured elsewhere, on the same kind of machine.
/// </summary>
internal sealed class GradingPageSpeed(string program, int rounds, int count)
{
    private const string Heading = "## The grading page";

    private readonly StringBuilder _report = new();

    /// <summary>Measures, prints, and where asked for replaces the section of RESULTS.md.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var write = arguments.Contains("--write");
        var quick = arguments.Contains("--quick");
        var program = arguments.FirstOrDefault(a => !a.StartsWith('-')) ?? Built();
        await new GradingPageSpeed(program, quick ? 3 : 11, quick ? 20 : 120).RunAsync(write);
        return 0;
    }

    private async Task RunAsync(bool write)
    {
        var folder = Directory.CreateTempSubdirectory("concord-page-").FullName;
        try
        {
            var load = Load();
            var browser = BrowserProgram.Find();
            Environment.SetEnvironmentVariable("PLAYWRIGHT_NODEJS_PATH", browser.Node);
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = browser.Path });
            var generated = await SpeedWorkspace.GenerateAsync(Path.Combine(folder, "generated"));
            var sample = await SpeedWorkspace.SampleAsync(Path.Combine(folder, "sample"));

            await StartsAsync(chromium, generated, "24 challenges × 6 models, three peers");
            await StartsAsync(chromium, sample, "the sample");
            var bytes = await FirstLoadAsync(chromium, sample);
            var turns = await TurnsAsync(chromium, generated);
            var (saves, bare) = await SavesAsync(generated, commits: true);
            var (plain, _) = await SavesAsync(generated, commits: false);

            var page = bytes.Where(b => !b.Address.StartsWith("/api/", StringComparison.Ordinal)).Sum(b => b.Bytes);
            var report = $"""
                {Heading}

                `dotnet run -c Release --project tests/Concord.Performance -- grading-page --write`: the program as `./concord` builds it, {browser.Version}, {Environment.ProcessorCount} cores,
                load {load} before and {Load()} after. Milliseconds, median (95th of a hundred; of starts the least) of {count} saves and turns and {rounds} starts.
                A start is from the start of the process to the first output painted in an empty tab, open already, of a browser with nothing cached; a turn ends when the next output is painted.
                The figures of Potato and of the grader of vizhub-benchmarks were measured elsewhere, on the same kind of machine.

                | | Concord | Potato | vizhub's |
                | --- | --- | --- | --- |
                {_report.ToString().TrimEnd()}
                | save, acknowledged and committed | {Both(saves)} | no commit | no commit |
                | … a bare `git commit --only` of the same file, in turns | {Both(bare)}; ratio {Number(
                    Middle(saves) / Middle(bare)
                )} | | |
                | save without a commit (`--no-commit`; flushed to disk) | {Both(plain)} | 1.8 | 4.2 |
                | next output, arrow key | {Both(turns.Arrow)} | 351 | 37 |
                | next output, after the answer to Ctrl+Enter | {Both(turns.Answer)} | | |
                | … from Ctrl+Enter, with the commit | {Both(turns.Key)} | | |
                | first load, KB over the wire | {Number(page / 1000.0)}, with the API's answers {Number(
                    bytes.Sum(b => b.Bytes) / 1000.0
                )} | 1,687 | 329 |
                | rules of axe that are broken | see tests/Concord.BrowserTests | 5 | 7 |
                | 125 kills: everything lost | see KilledGradingTests | 0 | 12 |

                """;
            Console.WriteLine(report);
            if (write)
                Replace(report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task StartsAsync(IBrowser browser, string root, string what)
    {
        var (announced, usable, again) = (new List<double>(), new List<double>(), new List<double>());
        // Nobody starts for the first time since the disk was read.
        await using (await GradingProcess.StartAsync(program, root)) { }
        for (var i = 0; i < rounds; i++)
        {
            await ForgetAsync(root);
            usable.Add(await StartAsync(browser, root, announced));
            again.Add(await StartAsync(browser, root, null));
        }
        _report.Append(CultureInfo.InvariantCulture, $"| start to usable, {what}: new session | {Least(usable)} | | |\n");
        _report.Append(CultureInfo.InvariantCulture, $"| … until the address is printed | {Least(announced)} | | |\n");
        _report.Append(CultureInfo.InvariantCulture, $"| … a session gone on with | {Least(again)} | | |\n");
    }

    private async Task<double> StartAsync(IBrowser browser, string root, List<double>? announced)
    {
        await using var page = await GradingPageProbe.PrepareAsync(browser, countsBytes: false);
        await using var host = await GradingProcess.StartAsync(program, root);
        await page.OpenAsync(host);
        announced?.Add(host.Announced.TotalMilliseconds);
        return (await page.FirstAsync() - host.StartedAt).TotalMilliseconds;
    }

    private async Task<IReadOnlyList<(string Address, long Bytes)>> FirstLoadAsync(IBrowser browser, string root)
    {
        await using var host = await GradingProcess.StartAsync(program, root);
        await using var page = await GradingPageProbe.OpenAsync(browser, host);
        await page.FirstAsync();
        await Task.Delay(500);
        var received = page.Received;
        foreach (var (address, bytes) in received)
            await Console.Error.WriteLineAsync($"  {bytes, 8} {address}");
        return received;
    }

    private async Task<(List<double> Arrow, List<double> Answer, List<double> Key)> TurnsAsync(IBrowser browser, string root)
    {
        var (arrow, answer, whole) = (new List<double>(), new List<double>(), new List<double>());
        await using var host = await GradingProcess.StartAsync(program, root);
        await using var page = await GradingPageProbe.OpenAsync(browser, host);
        await page.FirstAsync();
        for (var i = 0; i < count; i++)
            arrow.Add((await page.TurnAsync("ArrowRight")).FromKey);
        for (var i = 0; i < count; i++)
            await page.TurnAsync("ArrowLeft");
        for (var i = 0; i < count; i++)
        {
            foreach (var key in new[] { "4", "Enter", "3" })
                await page.Page.Keyboard.PressAsync(key);
            var (fromKey, fromAnswer) = await page.TurnAsync("Control+Enter");
            whole.Add(fromKey);
            answer.Add(fromAnswer);
        }
        return (arrow, answer, whole);
    }

    private async Task<(List<double> Saves, List<double> Bare)> SavesAsync(string root, bool commits)
    {
        await ForgetAsync(root);
        var (saves, bare) = (new List<double>(), new List<double>());
        await using var host = await GradingProcess.StartAsync(program, root, commits ? [] : ["--no-commit"]);
        using var client = await host.ClientAsync();
        var session = JsonNode.Parse(await client.GetStringAsync(new Uri("/api/session", UriKind.Relative)))!;
        var keys = session["items"]!.AsArray().Select(i => (string)i!["key"]!).ToArray();
        var name = (string)session["session"]!;
        var file = $"grades/{SpeedWorkspace.Grader}-{DateTime.UtcNow:yyyy-MM-dd}.csv";
        // In a clone: a branch that moves beside the session's is a peer's, and is looked at.
        var (clone, other) = (root + "-clone", root + "-bare");
        var git = new GitCommand(other) { AsUser = true };
        if (commits)
        {
            await new GitCommand(root).RunAsync(["clone", "-q", root, clone], default);
            await new GitCommand(clone).RunAsync(["worktree", "add", "-q", "-b", "bare", other], default);
            await SpeedWorkspace.IdentifyAsync(clone);
        }
        var versions = keys.ToDictionary(k => k, _ => "");
        for (var i = 0; i <= count; i++)
        {
            var key = keys[i % keys.Length];
            var (took, grade) = await GradingProcess.SaveAsync(client, key, versions[key], i % 6);
            versions[key] = (string)grade["version"]!;
            if (commits && grade["commit"] is null)
                throw new InvalidOperationException((string?)grade["pending"]);
            var watch = new Stopwatch();
            if (commits)
            {
                AtomicFile.Replace(
                    Path.Combine(other, file),
                    await File.ReadAllBytesAsync(Path.Combine(root, ".git/concord/grading", name, "tree", file))
                );
                if (i == 0)
                    await git.RunAsync(["add", file], default);
                watch.Start();
                await git.RunAsync(["commit", "--only", "-F", "-", "--", file], default, $"save {i}\n");
            }
            if (i == 0)
                continue;
            saves.Add(took.TotalMilliseconds);
            bare.Add(watch.Elapsed.TotalMilliseconds);
        }
        return (saves, bare);
    }

    // As before anybody graded.
    private static async Task ForgetAsync(string root)
    {
        var git = new GitCommand(root);
        var sessions = Path.Combine(root, ".git/concord/grading");
        if (Directory.Exists(sessions))
            Directory.Delete(sessions, recursive: true);
        await git.RunAsync(["worktree", "prune"], default);
        foreach (
            var branch in (await git.RunAsync(["for-each-ref", "--format=%(refname)", "refs/heads/grading"], default)).Split(
                '\n',
                StringSplitOptions.RemoveEmptyEntries
            )
        )
            await git.RunAsync(["update-ref", "-d", branch], default);
    }

    private static string Built()
    {
        var home = Path.Combine(SpeedWorkspace.Source, "artifacts", "concord");
        using (
            var build = Process.Start(
                new ProcessStartInfo(Path.Combine(SpeedWorkspace.Source, "concord"), ["--version"])
                {
                    RedirectStandardOutput = true,
                }
            )!
        )
        {
            build.StandardOutput.ReadToEnd();
            build.WaitForExit();
        }
        return Path.Combine(home, File.ReadLines(Path.Combine(home, "stamp")).First(), "concord");
    }

    private static void Replace(string section)
    {
        var path = Path.Combine(SpeedWorkspace.Source, "tests/Concord.Performance/RESULTS.md");
        var text = File.ReadAllText(path);
        var start = text.IndexOf(Heading + "\n", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("\n## ", start + Heading.Length, StringComparison.Ordinal);
        AtomicFile.Replace(
            path,
            Encoding.UTF8.GetBytes(
                $"{(start < 0 ? text.TrimEnd() + "\n\n" : text[..start])}{section.TrimEnd()}\n{(end < 0 ? "" : text[end..])}"
            )
        );
    }

    private static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(2)) : "unknown";

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Both(List<double> values) =>
        $"{Number(Middle(values))} ({Number(values.Order().ElementAt((int)(values.Count * 0.95)))})";

    private static string Least(List<double> values) =>
        $"{Middle(values).ToString("0", CultureInfo.InvariantCulture)} ({values.Min().ToString("0", CultureInfo.InvariantCulture)})";

    private static string Number(double value) => value.ToString("0.0#", CultureInfo.InvariantCulture);
}
