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
            [.. challenges.Select(c => ChallengeOf(workspace, c))],
            [
                .. (models ?? "")
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(m => ModelOf(workspace, m)),
            ],
            force,
            shard
        );

    private static ChallengeId ChallengeOf(Workspace workspace, string text)
    {
        if (workspace.Challenges.FirstOrDefault(c => c.Id.Value == text) is not { } challenge)
            throw new ConcordException(
                "unknown-challenge",
                $"There is no challenge '{text}'.",
                Nearest.Hint(text, [.. workspace.Challenges.Select(c => c.Id.Value)])
            );
        return challenge.Kind == ChallengeKind.Visualization
            ? challenge.Id
            : throw new ConcordException("no-page", $"The challenge '{text}' asks for code, not for a page.", "Name another.");
    }

    private static ModelId ModelOf(Workspace workspace, string text)
    {
        var known = workspace.Outputs.SelectMany(o => new[] { o.Key.Model.Value, o.Key.Model.Model }).Distinct().ToArray();
        return known.Contains(text)
            ? ModelId.Parse(text)
            : throw new ConcordException("unknown-model", $"No output is by '{text}'.", Nearest.Hint(text, known));
    }
}
