using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests;

/// <summary>The project's own benchmark: what its manual and the demo say of it.</summary>
public sealed partial class SampleBenchmarkTests
{
    private const int LargestOutput = 15 * 1024;
    private const int Drawn = 28;

    private static readonly Dictionary<string, string> NoVariables = [];
    private static readonly string[] Models = ["sample/broken", "sample/careful", "sample/hasty", "sample/plain"];

    [Fact]
    public void Each_of_eight_challenges_has_an_output_of_every_model_and_says_where_its_data_are_from()
    {
        var sample = Read();

        Assert.Equal(8, sample.Challenges.Count);
        Assert.All(sample.Challenges, c => Assert.True(c.Sources.Count > 0 && c.ProtectedFiles.Count > 0 && c.Tags.Count > 2));
        foreach (var challenge in sample.Challenges)
            Assert.Equal(
                Models,
                sample.Outputs.Where(o => o.Key.Challenge == challenge.Id && o.Id is not null).Select(o => o.Key.Model.Value)
            );
    }

    [Fact]
    public void An_output_is_what_its_reply_says_beside_the_starter_files()
    {
        foreach (var output in Read().Outputs)
        {
            var files = Path.Combine(SourceTree.Root, output.Key.Folder, "files");
            var reply = Reply().Match(File.ReadAllText(Path.Combine(files, "..", "response.md")));
            var written = reply.Groups["name"].Value;
            var starters = Path.Combine(SourceTree.Root, "benchmarks", "challenges", output.Key.Challenge.Value, "files");

            Assert.Equal(File.ReadAllText(Path.Combine(files, written)), reply.Groups["text"].Value);
            Assert.Equal(
                Directory.GetFiles(starters).Select(f => Path.GetFileName(f)).Append(written).Order(StringComparer.Ordinal),
                output.Files
            );
            foreach (var starter in Directory.GetFiles(starters))
                Assert.Equal(File.ReadAllBytes(starter), File.ReadAllBytes(Path.Combine(files, Path.GetFileName(starter))));
            Assert.InRange(new FileInfo(Path.Combine(files, written)).Length, 1, LargestOutput);
        }
    }

    [Fact]
    public void Enough_outputs_have_three_graders_that_a_rater_model_is_fitted()
    {
        var consensus = ConsensusTables.Of(Read());

        Assert.All(consensus.Consensus, r => Assert.Equal(r.Criterion == CriterionId.Overall, r.ExpectedLoss is null));
    }

    [Theory]
    [InlineData("careful", 15)]
    [InlineData("plain", 14)]
    [InlineData("hasty", 6)]
    [InlineData("broken", 0)]
    public async Task Of_the_fifteen_tests_of_the_code_challenge_a_model_passes(string model, int passed)
    {
        Assert.SkipWhen(OnPath("node") is null, "There is no Node on the PATH.");
        using var folder = new TempFolder();
        foreach (
            var file in Directory.GetFiles(
                Path.Combine(SourceTree.Root, $"benchmarks/outputs/michelson-cleaning/sample/{model}/files")
            )
        )
            folder.Write(Path.GetFileName(file), File.ReadAllBytes(file));

        var run = await ProcessRun.RunAsync(folder.Path, NoVariables, "node", "--test", "--test-reporter=tap");

        Assert.Contains($"\n# pass {passed}\n", run.Out, StringComparison.Ordinal);
        Assert.Equal(passed == 15 ? 0 : 1, run.ExitCode);
    }

    [Fact]
    public async Task The_demo_tells_the_numbers_of_the_sample()
    {
        var sample = Read();
        using var folder = new TempFolder();

        var demo = await ConcordProcess.RunAsync(folder.Path, "demo", "--dir", folder["demo"], "--no-serve");

        var graded = sample.Sheets.Sum(s => s.Grades.Count(g => g.Status != GradeStatus.Skipped));
        var log = await ProcessRun.RunAsync(folder["demo"], NoVariables, "git", "log", "--format=%s", "-1");
        Assert.Equal(0, demo.ExitCode);
        Assert.Contains($"eight challenges and {sample.Outputs.Count} outputs", demo.Out, StringComparison.Ordinal);
        Assert.Contains($"Three graders have committed {sample.Sheets.Count} files", demo.Out, StringComparison.Ordinal);
        Assert.Equal($"consensus: {graded} grades by 3 graders", log.Out.Trim());
        if (BrowserProgram.FindBrowser() is not null && BrowserProgram.FindNode() is not null)
            Assert.Contains($"{Drawn} outputs rendered", demo.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_browser_and_a_sandbox_the_demo_shows_what_was_found_before_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        using var folder = new TempFolder();
        using var programs = new TempFolder();
        foreach (var name in (string[])["git", "dotnet", "sh"])
            File.CreateSymbolicLink(programs[name], OnPath(name)!);

        var demo = await ConcordProcess.RunAsync(
            folder.Path,
            [("PATH", programs.Path)],
            ["dotnet", ConcordProcess.Program, "demo", "--dir", folder["demo"], "--no-serve"]
        );

        Assert.Equal(0, demo.ExitCode);
        Assert.Contains("that were taken before", demo.Out, StringComparison.Ordinal);
        Assert.Contains("is from a run before", demo.Out, StringComparison.Ordinal);
        Assert.Equal(Drawn, Directory.GetFiles(folder["demo"], "screenshot.png", SearchOption.AllDirectories).Length);
        Assert.NotEmpty(Directory.GetFiles(folder["demo/benchmarks/.cache/gallery"], "*.html"));
        Assert.Equal(
            File.ReadAllText(Path.Combine(SourceTree.Root, "consensus/automatic.csv")),
            folder.Read("demo/consensus/automatic.csv")
        );
    }

    [Fact]
    public async Task The_demo_ends_with_the_grading_page_and_Ctrl_C_ends_that()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links and signals are others there.");
        using var folder = new TempFolder();
        using var programs = new TempFolder();
        // Without a browser and Node, so that it is at the page soon.
        foreach (var name in (string[])["git", "dotnet", "sh"])
            File.CreateSymbolicLink(programs[name], OnPath(name)!);
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [ConcordProcess.Program, "demo", "--dir", folder["demo"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = programs.Path;
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        foreach (var name in (string[])["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"])
            start.Environment.Remove(name);
        using var demo = System.Diagnostics.Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        try
        {
            string? address = null;
            while (address is null && await demo.StandardOutput.ReadLineAsync(token) is { } line)
                address = line.StartsWith("Grading as demo-grader, ", StringComparison.Ordinal)
                    ? line[line.IndexOf("http", StringComparison.Ordinal)..]
                    : null;
            Assert.True(address is not null, address is null ? await demo.StandardError.ReadToEndAsync(token) : "");
            var words = await demo.StandardError.ReadLineAsync(token);
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var page = await client.GetStringAsync(new Uri(address!), token);

            using var signal = System.Diagnostics.Process.Start("kill", ["-TERM", $"{demo.Id}"]);
            var rest = await demo.StandardOutput.ReadToEndAsync(token);
            await demo.WaitForExitAsync(token);

            Assert.Contains("Open this address in a browser of this machine.", words, StringComparison.Ordinal);
            Assert.Contains("<title>", page, StringComparison.Ordinal);
            Assert.Contains("Of 32 outputs, 0 graded, 0 flagged, 0 skipped.", rest, StringComparison.Ordinal);
            Assert.Equal(0, demo.ExitCode);
        }
        finally
        {
            if (!demo.HasExited)
                demo.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void Every_check_of_the_sample_is_of_the_files_that_are_there()
    {
        var sample = Read();

        Assert.All(sample.Outputs, o => Assert.Equal((0, true), (o.StaleChecks, o.Checks.Count > 0)));
        foreach (var output in sample.Outputs)
            Assert.Contains(
                $"\"output\": \"{output.Id}\"",
                File.ReadAllText(Path.Combine(SourceTree.Root, output.Key.Folder, "checks.json")),
                StringComparison.Ordinal
            );
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(f => Path.Combine(f, program))
            .FirstOrDefault(File.Exists);

    private static Workspace Read()
    {
        using var tree = new WorkTree(SourceTree.Root);
        return WorkspaceReader.Read(tree).OrThrow();
    }

    [GeneratedRegex(@"\A\*\*(?<name>[^*]+)\*\*\n\n```\w+\n(?<text>.*)```\n\z", RegexOptions.Singleline)]
    private static partial Regex Reply();
}
