using Concord.Core.Domain;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Importing;

/// <summary>Takes the data of a vizhub-benchmarks folder into a workspace. Importing twice changes nothing.</summary>
public static class VizhubImport
{
    internal const string BenchmarkPath = WorkspaceFolder.BenchmarkFile;

    /// <summary>Imports a folder: everything is read and checked before the first file is written.</summary>
    /// <param name="source">The folder, with results.csv, challenges/, llm_responses/, grades/ and screenshots/.</param>
    /// <param name="root">The workspace's root.</param>
    /// <param name="benchmark">What benchmark.yaml says; null where there is none, and then one is written.</param>
    /// <param name="cancellation">Heeded until the first file is written.</param>
    /// <returns>What was taken, what was left and why.</returns>
    /// <exception cref="ConcordException">The folder or the workspace has mistakes; all are told and nothing was written.</exception>
    public static ImportSummary Run(string source, string root, Benchmark? benchmark, CancellationToken cancellation)
    {
        using var workspace = new WorkTree(root);
        var plan = new WritePlan(root, workspace);
        ImportSummary summary;
        try
        {
            summary = Prepare(source, workspace, benchmark, plan, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-read",
                $"A file could not be read: {e.Message}",
                "Give read permission, then run the import again; nothing was written.",
                source
            );
        }
        cancellation.ThrowIfCancellationRequested();
        plan.Execute();
        return summary;
    }

    private static ImportSummary Prepare(
        string source,
        WorkTree workspace,
        Benchmark? benchmark,
        WritePlan plan,
        CancellationToken cancellation
    )
    {
        var (problems, left) = (new List<Problem>(), new List<LeftOut>());
        if (benchmark is null && workspace.Read(BenchmarkPath) is not null)
            throw new ArgumentException("The workspace has a benchmark.yaml, which was not given.", nameof(benchmark));
        var folder = VizhubFolder.Read(source, problems, left, cancellation);
        var outputs = folder.Outputs.Select(o => VizhubOutput.Of(o, folder)).ToArray();
        var models = outputs.Select(o => o.Key.Model.Model).Distinct().Order(StringComparer.Ordinal).ToArray();
        var rules = benchmark ?? VizhubBenchmark.Of(models);

        if (benchmark is null)
            plan.Write(BenchmarkPath, VizhubBenchmark.Yaml(models));
        foreach (var challenge in folder.Challenges.Values)
            challenge.Plan(plan, workspace);
        new OutputFolders(workspace, plan, problems).Plan(outputs, folder, left);
        var grades = new GradeFiles(workspace, plan, rules, problems, left).Plan(folder, outputs);

        problems.AddRange(plan.Problems());
        if (problems.Count > 0)
            throw new ConcordException(Problem.Sorted(problems));
        return new(
            folder.Results.Count,
            [.. folder.Challenges.Keys],
            [.. outputs.Select(o => new ImportedOutput(o.Key, o.Id, o.Failure, o.Starters))],
            grades,
            outputs.Count(o => o.Passed == true),
            outputs.Count(o => o.Passed == false),
            [
                .. left.OrderBy(l => l.Path, StringComparer.Ordinal)
                    .ThenBy(l => l.Line ?? 0)
                    .ThenBy(l => l.What, StringComparer.Ordinal),
            ],
            [.. models.Except(rules.Models.Select(m => m.Id.Value), StringComparer.Ordinal)],
            plan.Changes()
        );
    }
}
