using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Running;

/// <summary>What an output's <c>output.json</c> says of how it was made.</summary>
/// <param name="Known">What a plan needs.</param>
/// <param name="InputTokens">Tokens of the request; null where not recorded.</param>
/// <param name="OutputTokens">Tokens of the reply; null where not recorded.</param>
/// <param name="Cost">US dollars; null where not recorded.</param>
/// <param name="Seconds">How long the reply took; null where not recorded.</param>
/// <param name="StartedAt">When it was asked for; null where not recorded.</param>
public sealed record OutputRecord(
    KnownOutput Known,
    double? InputTokens,
    double? OutputTokens,
    double? Cost,
    double? Seconds,
    string? StartedAt
)
{
    /// <summary>Reads it.</summary>
    /// <returns>Null where the output does not exist.</returns>
    /// <exception cref="ConcordException">It is no JSON of that form: nothing may be written over what cannot be read.</exception>
    public static OutputRecord? Read(FileTree tree, OutputKey key)
    {
        var problems = new ProblemList(key.Folder + "/output.json");
        if (tree.Read(problems.Path) is not { } bytes)
            return tree.List(key.Folder).Count == 0 ? null : new(new(key, null, null, null), null, null, null, null, null);
        var root = JsonFile.Parse(bytes, problems);
        var map = root is null ? null : DocumentMap.Open(root, problems, "output.json", OutputJson.OutputKeys);
        var tokens = map?.Find("tokens") is { } node ? DocumentMap.Open(node, problems, "tokens") : null;
        var record = map is null
            ? null
            : new OutputRecord(
                new(
                    key,
                    map.OptionalText("run"),
                    map.OptionalText("status") == "error" ? map.OptionalText("reason") ?? "no reason was given" : null,
                    map.OptionalText("challenge_digest")
                ),
                tokens?.OptionalNumber("input", _ => null),
                tokens?.OptionalNumber("output", _ => null),
                map.OptionalNumber("cost_usd", _ => null),
                map.OptionalNumber("seconds", _ => null),
                map.OptionalText("started_at")
            );
        return problems.HasErrors ? throw new ConcordException(Problem.Sorted(problems.Problems)) : record!;
    }
}
