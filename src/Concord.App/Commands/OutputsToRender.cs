using Concord.Core.Domain;
using Concord.Pipeline.Rendering;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

/// <summary>Which outputs a call of 'concord render' means.</summary>
internal static class OutputsToRender
{
    /// <summary>The workspace; what is wrong with grades is no matter here.</summary>
    /// <exception cref="ConcordException">Something below benchmarks/ is in error.</exception>
    public static Workspace Read(string root)
    {
        using var tree = new WorkTree(root);
        var reading = WorkspaceReader.Read(tree);
        Problem[] errors = [.. reading.Errors.Where(p => p.Path.StartsWith("benchmarks/", StringComparison.Ordinal))];
        return errors.Length > 0
            ? throw new ConcordException(errors)
            : reading.Workspace ?? throw new ConcordException(reading.Errors);
    }

    public static RenderSelection Select(Workspace workspace, string[] challenges, string? models, bool force, Shard shard) =>
        new(
            challenges.Length == 0
                ? []
                :
                [
                    .. NamedOutputs
                        .Challenges(
                            workspace,
                            challenges,
                            c => c.Kind == ChallengeKind.Visualization,
                            c => new("no-page", $"The challenge '{c.Id}' asks for code, not for a page.", "Name another.")
                        )
                        .Select(c => c.Id),
                ],
            NamedOutputs.Models(workspace, models),
            force,
            shard
        );
}
