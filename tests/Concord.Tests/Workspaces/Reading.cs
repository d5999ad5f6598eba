using Concord.Core.Domain;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

/// <summary>Reads the small test workspace after a change to it.</summary>
internal static class Reading
{
    public static WorkspaceReading Of(Action<TempFolder> change)
    {
        using var repository = TestWorkspace.Create(commit: false);
        change(repository);
        using var tree = new WorkTree(repository.Path);
        return WorkspaceReader.Read(tree);
    }

    /// <summary>Reads it with another benchmark.yaml.</summary>
    public static WorkspaceReading OfBenchmark(string yaml) => Of(f => f.Write("benchmarks/benchmark.yaml", yaml));

    public static (string Rule, string Path) Error(WorkspaceReading reading)
    {
        var problem = Assert.Single(reading.Errors);
        Assert.NotEqual("", problem.Mend);
        return (problem.Rule, problem.Path);
    }

    public static Output Output(WorkspaceReading reading, string model) =>
        reading.Workspace!.Outputs.Single(o => o.Key.Model.Value == model);
}
