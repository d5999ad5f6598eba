using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Importing;

/// <summary>A challenge of the folder.</summary>
internal sealed record VizhubChallenge(ChallengeId Id, string Title, ChallengeKind Kind, byte[] Prompt, byte[]? Data)
{
    public const string DataName = "data.csv";
    private const int LongestPrompt = 4 * 1024 * 1024;

    /// <summary>The fingerprint of the prompt and the starter files.</summary>
    public string Digest { get; } =
        Fingerprint.Of(
            [
                ("prompt.md", Fingerprint.Sha256(Prompt)),
                .. Data is null ? [] : new[] { ($"files/{DataName}", Fingerprint.Sha256(Data)) },
            ]
        );

    public static bool Reads(string name) => name is "challenge.json" or "prompt.md" or DataName;

    /// <summary>Reads a challenge; null where that is impossible, with every problem reported.</summary>
    public static VizhubChallenge? Read(ChallengeId id, WorkTree tree, string path, string place, List<Problem> problems)
    {
        var description = new ProblemList($"{place}/challenge.json");
        var prompt = new ProblemList($"{place}/prompt.md");
        var (title, type) = Describe(tree.Read($"{path}/challenge.json"), description);
        var promptBytes = ReadPrompt(tree.Read($"{path}/prompt.md"), prompt);
        problems.AddRange([.. description.Problems, .. prompt.Problems]);
        return promptBytes is null
            ? null
            : new(
                id,
                title ?? id.Value,
                type == "visualization" ? ChallengeKind.Visualization : ChallengeKind.Code,
                promptBytes,
                tree.Read($"{path}/{DataName}")
            );
    }

    public void Plan(WritePlan plan, WorkTree workspace)
    {
        var folder = $"benchmarks/challenges/{Id}";
        // A user may have added what vizhub does not know: tags, a viewport, checks.
        if (workspace.Read($"{folder}/challenge.yaml") is null)
            plan.Write(
                $"{folder}/challenge.yaml",
                Encoding.UTF8.GetBytes($"title: {YamlText.Of(Title)}\nkind: {Names.Of(Kind)}\n")
            );
        plan.Write($"{folder}/prompt.md", Prompt);
        if (Data is not null)
            plan.Write($"{folder}/files/{DataName}", Data);
    }

    private static (string? Title, string? Type) Describe(byte[]? bytes, ProblemList problems)
    {
        if (bytes is null)
            problems.Error("missing-file", null, null, "The challenge has no challenge.json.", "Add it: {\"name\": \"…\"}.");
        else if (JsonFile.Parse(bytes, problems) is { } root && DocumentMap.Open(root, problems, "a challenge") is { } map)
            return (map.OptionalText("name"), map.OptionalText("type"));
        return (null, null);
    }

    // Git stores prompt.md with LF, so that its digest must be of LF too. data.csv is kept to the byte.
    private static byte[]? ReadPrompt(byte[]? bytes, ProblemList problems)
    {
        if (bytes is null)
        {
            problems.Error(
                "missing-file",
                null,
                null,
                "The challenge has no prompt.md.",
                "Add the prompt; it cannot be guessed."
            );
            return null;
        }
        return Utf8Text.Decode(bytes, problems, LongestPrompt) is null ? null
            : bytes.AsSpan().IndexOf("\r\n"u8) < 0 ? bytes
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal));
    }
}
