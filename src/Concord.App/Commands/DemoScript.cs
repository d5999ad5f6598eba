using Concord.Core.Domain;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Rendering;
using Concord.Pipeline.Sandbox;
using Concord.Pipeline.Scaffolding;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

/// <summary>Plays the whole pipeline on the sample, and tells it as it goes.</summary>
internal sealed class DemoScript(Terminal terminal, string root)
{
    private const string Export = "pairs.jsonl";
    private const string Grader = "demo-grader";

    private readonly GitCommand _git = new(root);
    private int _step;

    public async Task RunAsync(bool serve, CancellationToken cancellation)
    {
        Directory.CreateDirectory(root);
        await _git.RunAsync(["init", "--quiet", "--initial-branch=main"], cancellation);
        var sample = Resources.Sample;
        var attributes = Resources.Init.Where(f => f.Path.StartsWith(".git", StringComparison.Ordinal));
        var grades = sample
            .Where(f =>
                f.Path.StartsWith("grades/", StringComparison.Ordinal) && f.Path.EndsWith(".csv", StringComparison.Ordinal)
            )
            .ToArray();
        var canDraw = BrowserProgram.FindBrowser() is not null && BrowserProgram.FindNode() is not null;
        var canTest = BrowserProgram.FindNode() is not null && (await Bubblewrap.FindAsync(cancellation)).Sandbox is not null;
        NewFiles.Write(root, [.. sample.Except(grades).Except(Generated(sample, canDraw, canTest)), .. attributes]);
        await CommitAsync("Add the sample benchmark", "Concord demo", "demo@concord.example", cancellation);
        await SayAsync(
            $"A new git repository in {root}, with a rubric, eight challenges and 32 outputs (samples, written by hand)."
        );

        await RenderAsync(canDraw, cancellation);
        await TestAsync(canTest, cancellation);

        foreach (var (path, bytes) in grades)
        {
            if (!GradeSheet.TryParseName(Path.GetFileName(path), out var grader, out _, out var mistake))
                throw new InvalidOperationException(mistake);
            NewFiles.Write(root, [(path, bytes)]);
            await CommitAsync($"grade: {path}", $"Sample {grader}", $"{grader}@concord.example", cancellation);
        }
        await SayAsync(
            $"Three graders have committed {grades.Length} files of grades. Who graded what when is git's own history:"
        );
        await ConcordAsync(["history"], cancellation);

        await SayAsync("Is everything in order? CI asks this of every pull request:");
        await ConcordAsync(["check"], cancellation);

        await SayAsync("The consensus of the three, with what to look at again:");
        await ConcordAsync(["consensus", "--write"], cancellation);
        var source = (await _git.RunAsync(["rev-parse", "HEAD"], cancellation)).Trim();
        await CommitAsync(
            $"consensus: 95 grades by 3 graders\n\nSource: {source}",
            "Concord demo",
            "demo@concord.example",
            cancellation
        );
        await SayAsync("It is committed as consensus/, so that 'git diff' shows every score that ever moved.");

        await SayAsync("Training data: prompt, chosen, rejected, and what each rule left out:");
        await ConcordAsync(["export", "--format", "trl", "--output", Export], cancellation);

        await SayAsync(
            $"""
            That was the whole pipeline. Look around:
                 cd {root}
                 open {Gallery.Folder}/*.html   all screenshots of a challenge side by side
                 less consensus/REPORT.md          what a maintainer reads
                 head -c 600 {Export}           what a trainer reads
                 git log --stat                    who did what
                 git diff HEAD~1                   what the consensus commit added
               Then change a score in grades/, and run 'concord check', 'concord consensus', 'concord diff HEAD'.
               Your own: 'concord init DIR'.
            """
        );
        if (serve)
            await GradeAsync(cancellation);
    }

    // As somebody new, so that nothing is graded yet. A name for the commits only where git has none.
    private async Task GradeAsync(CancellationToken cancellation)
    {
        await SayAsync("Now grade yourself: blind, by keyboard, every grade a commit on a branch of its own.");
        foreach (var (setting, value) in new[] { ("user.name", "Demo grader"), ("user.email", "demo-grader@concord.example") })
            if ((await _git.TryRunAsync(["config", "--get", setting], cancellation)).ExitCode != 0)
                await _git.RunAsync(["config", setting, value], cancellation);
        await GradeCommand.ServeAsync(
            terminal,
            await GitRepository.FindAsync(root, cancellation),
            new(root, Port: null, AutoAdvance: false, RemoteToken: null, TimeProvider.System, terminal.Error.WriteLine),
            Task.FromResult(
                new GradingOptions(root, GraderId.Parse(Grader), Commits: true, GradingMode.Grade, [], TimeProvider.System)
            ),
            browser: true,
            cancellation
        );
    }

    private async Task RenderAsync(bool canDraw, CancellationToken cancellation)
    {
        if (!canDraw)
        {
            var workspace = OutputsToRender.Read(root);
            Gallery.Write(root, workspace, OutputsToRender.Select(workspace, [], null, force: false, default));
            await SayAsync(
                "There is no browser here, or no Node to drive it ('concord doctor' says how to get them): the screenshots are pictures\n   that were taken before, with what a browser found then."
            );
            return;
        }
        await SayAsync(
            "A browser without a network draws each page; what it finds is kept beside the output, apart from all grades:"
        );
        await ConcordAsync(["render", "--gallery"], cancellation);
        await CommitAsync("Render the outputs", "Concord demo", "demo@concord.example", cancellation);
    }

    private async Task TestAsync(bool canTest, CancellationToken cancellation)
    {
        if (!canTest)
        {
            await SayAsync(
                "There is no sandbox for models' code here, or no Node to run it ('concord doctor' says how to get them): which tests\n   pass is from a run before."
            );
            return;
        }
        await SayAsync("One challenge is code: its tests run on each output, in a sandbox without a network or your files:");
        await ConcordAsync(["bench", "check"], cancellation);
        await CommitAsync("Test the outputs in code", "Concord demo", "demo@concord.example", cancellation);
    }

    // What the sample has of earlier runs, and this one makes itself.
    private static IEnumerable<(string Path, byte[] Bytes)> Generated(
        IReadOnlyList<(string Path, byte[] Bytes)> sample,
        bool canDraw,
        bool canTest
    )
    {
        static string Folder(string path) => path[..(path.LastIndexOf('/') + 1)];
        var drawn = sample
            .Where(f => IsMade(f.Path, "render.json"))
            .Select(f => Folder(f.Path))
            .ToHashSet(StringComparer.Ordinal);
        return sample.Where(f =>
            IsMade(f.Path, "screenshot.png", "render.json", CheckFile.Name)
            && (drawn.Contains(Folder(f.Path)) ? canDraw : canTest)
        );
    }

    private static bool IsMade(string path, params ReadOnlySpan<string> names) =>
        path.StartsWith("benchmarks/outputs/", StringComparison.Ordinal)
        && !path.Contains("/files/", StringComparison.Ordinal)
        && names.Contains(Path.GetFileName(path));

    private async Task SayAsync(string text) => await terminal.Out.WriteLineAsync($"\n{++_step}. {text}\n");

    private async Task ConcordAsync(string[] arguments, CancellationToken cancellation)
    {
        await terminal.Out.WriteLineAsync($"   $ concord {string.Join(' ', arguments)}\n");
        var inner = new Terminal
        {
            Out = terminal.Out,
            Error = terminal.Out,
            Input = terminal.Input,
            Folder = root,
            Colour = terminal.Colour,
            Width = terminal.Width,
        };
        // A page that a busy machine did not draw in time is a finding, and no reason to stop.
        if (await ConcordCli.RunAsync(arguments, inner, cancellation) is not (ConcordCli.Done or ConcordCli.Findings))
            throw new InvalidOperationException($"'concord {string.Join(' ', arguments)}' failed on the sample.");
    }

    // The demo's commits are nobody's: no signing, no hooks, no identity of the user's.
    private async Task CommitAsync(string message, string name, string email, CancellationToken cancellation)
    {
        await _git.RunAsync(["add", "--all"], cancellation);
        await _git.RunAsync(
            [
                "-c",
                $"user.name={name}",
                "-c",
                $"user.email={email}",
                "-c",
                "commit.gpgsign=false",
                "-c",
                "core.hooksPath=/dev/null",
                "commit",
                "--quiet",
                "--file",
                "-",
            ],
            cancellation,
            message
        );
    }
}
