using System.CommandLine;
using Concord.Pipeline.Git;
using Concord.Pipeline.Importing;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var source = new Argument<string>("DIR") { Description = "A folder in the layout of vizhub-benchmarks." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var vizhub = new Command("vizhub", "Take challenges, outputs, checks and grades; taking them twice changes nothing.")
        {
            source,
            json,
        };
        var options = new WorkspaceOptions(terminal).AddTo(vizhub, at: false, json: false);
        vizhub.SetAction(
            async (parsed, cancellation) =>
            {
                var root = await RootAsync(options, parsed, cancellation);
                using var tree = new WorkTree(root);
                var benchmark = File.Exists(Path.Combine(root, WorkspaceFolder.BenchmarkFile))
                    ? WorkspaceReader.ReadBenchmark(tree)
                    : null;
                var summary = terminal.While(
                    "Importing",
                    () =>
                        VizhubImport.Run(
                            Path.GetFullPath(parsed.GetValue(source)!, terminal.Folder),
                            root,
                            benchmark,
                            cancellation
                        )
                );
                if (parsed.GetValue(json))
                    Json.Write(terminal.Out, Document(summary));
                else
                    Print(terminal, summary);
                return ConcordCli.Done;
            }
        );
        return new("import", "Take over what another project has.") { vizhub };
    }

    /// <summary>The workspace; where there is none, the repository, which the import makes into one.</summary>
    private static async Task<string> RootAsync(WorkspaceOptions options, ParseResult parsed, CancellationToken cancellation) =>
        options.TryRoot(parsed) ?? (await GitRepository.FindAsync(options.Start(parsed), cancellation)).Root;

    private static void Print(Terminal terminal, ImportSummary summary)
    {
        var failed = summary.Outputs.Where(o => o.Failure is not null).ToArray();
        terminal.Out.WriteLine(
            $"{summary.ResultRows} result rows, {summary.Challenges.Count} challenges, {summary.Outputs.Count} outputs: {summary.Outputs.Count - failed.Length} with files, {failed.Length} failed; checks: {summary.ChecksPassed} passed, {summary.ChecksFailed} failed."
        );
        foreach (var grades in summary.Grades)
            terminal.Out.WriteLine(
                $"{grades.Path}: {grades.Taken} grades taken{(grades.Kept > 0 ? $", {grades.Kept} that were there kept" : "")}."
            );
        terminal.Out.WriteLine();
        terminal.Table(
            ["challenge", "outputs", "with files", "failed"],
            summary
                .Outputs.GroupBy(o => o.Key.Challenge)
                .Select(g =>
                    (string[])
                        [
                            g.Key.Value,
                            Cells.Whole(g.Count()),
                            Cells.Whole(g.Count(o => o.Failure is null)),
                            Cells.Whole(g.Count(o => o.Failure is not null)),
                        ]
                ),
            1,
            2,
            3
        );
        if (failed.Length > 0)
        {
            terminal.Out.WriteLine();
            terminal.Table(["failed output", "why"], failed.Select(o => (string[])[o.Key.ToString(), o.Failure!]));
        }
        if (summary.LeftOut.Count > 0)
        {
            terminal.Out.WriteLine();
            terminal.Table(
                ["left out", "what", "why"],
                summary.LeftOut.Select(l => (string[])[l.Line is { } line ? $"{l.Path}:{line}" : l.Path, l.What, l.Why])
            );
        }
        terminal.Out.WriteLine();
        if (summary.UnlistedModels.Count > 0)
            terminal.Out.WriteLine(
                $"Not in benchmark.yaml yet; add them under 'models:' with their licences: {string.Join(", ", summary.UnlistedModels)}."
            );
        var files = summary.Files;
        terminal.Out.WriteLine(
            files.NothingChanged
                ? $"Nothing changed: all {files.Unchanged} files were there."
                : $"{files.Added.Count} files added, {files.Changed.Count} changed, {files.Removed.Count} removed, {files.Unchanged} unchanged. Next: concord check, then commit."
        );
    }

    private static object Document(ImportSummary summary) =>
        new
        {
            summary.ResultRows,
            Challenges = summary.Challenges.Select(c => c.Value),
            Outputs = summary.Outputs.Select(o => new
            {
                Challenge = o.Key.Challenge.Value,
                Model = o.Key.Model.Value,
                Output = o.Id?.Value,
                o.Failure,
                o.Starters,
            }),
            Grades = summary.Grades.Select(g => new
            {
                Grader = g.Grader.Value,
                g.Path,
                g.Taken,
                g.Kept,
            }),
            summary.ChecksPassed,
            summary.ChecksFailed,
            summary.LeftOut,
            summary.UnlistedModels,
            summary.Files,
        };
}
