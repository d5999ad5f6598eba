using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Running;

/// <summary>One output of a list.</summary>
/// <param name="Key">The output.</param>
/// <param name="State">How it stands.</param>
/// <param name="CanAsk">Whether a run can ask for it.</param>
/// <param name="Record">What is recorded of it; null where there is none.</param>
public sealed record ListedOutput(OutputKey Key, OutputState State, bool CanAsk, OutputRecord? Record);

/// <summary>How every output of a workspace stands.</summary>
public static class OutputList
{
    /// <summary>Every model of benchmark.yaml for every challenge, and every sample that is there.</summary>
    /// <param name="tree">The workspace.</param>
    /// <param name="challenges">Only these challenges; empty takes all.</param>
    /// <returns>Sorted.</returns>
    public static IReadOnlyList<ListedOutput> Of(FileTree tree, IReadOnlyList<string> challenges)
    {
        var material = RunMaterial.Read(tree);
        var wanted = material.ChallengesOf(challenges);
        var listed = new List<ListedOutput>();
        foreach (var challenge in wanted)
        {
            var models = material.Benchmark.Models.ToDictionary(m => m.Id.Model, StringComparer.Ordinal);
            var folder = $"benchmarks/outputs/{challenge.Id}/";
            var ids = tree.List(folder.TrimEnd('/'))
                .Select(e => ModelOf(e.Path[folder.Length..]))
                .OfType<ModelId>()
                .Concat(material.Benchmark.Models.Select(m => m.Id))
                .Distinct()
                .Order();
            foreach (var id in ids)
            {
                var key = new OutputKey(challenge.Id, id);
                var record = material.Record(key);
                listed.Add(
                    new(
                        key,
                        RunPlan.State(record?.Known, challenge.Digest),
                        models.TryGetValue(id.Model, out var model) && model.Provider is not null,
                        record
                    )
                );
            }
        }
        return listed;
    }

    // The folder that a file of an output lies in: everything before files/ or its own name.
    private static ModelId? ModelOf(string path)
    {
        var files = path.IndexOf("/files/", StringComparison.Ordinal);
        var end = files >= 0 ? files : path.LastIndexOf('/');
        return end > 0 && ModelId.TryParse(path[..end], out var id) ? id : null;
    }
}
