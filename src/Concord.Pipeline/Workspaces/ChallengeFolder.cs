using Concord.Core.Domain;
using Concord.Core.Domain.Replies;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>Reads <c>benchmarks/challenges/&lt;challenge&gt;/</c>.</summary>
internal static class ChallengeFolder
{
    /// <summary>What a new challenge's prompt says until somebody writes it.</summary>
    public const string PromptToWrite = "Describe the task here, exactly as models shall read it.";

    private const string Root = "benchmarks/challenges";
    private const int LongestTimeout = 120;
    private const int MostPixels = 16_000_000;
    private const int LongestPrompt = 4 * 1024 * 1024;
    private static readonly string[] Known = ["challenge.yaml", "prompt.md", "guidelines.md"];

    public static List<Challenge> ReadAll(FileTree tree, List<Problem> problems)
    {
        var challenges = new List<Challenge>();
        var folders = tree.List(Root)
            .Where(e => e.Path.Length > Root.Length + 1)
            .GroupBy(e => e.Path[(Root.Length + 1)..].Split('/')[0], StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            if (folder.Count() == 1 && folder.First().Path == $"{Root}/{folder.Key}" && folder.Key is "README.md" or ".gitkeep")
                continue;
            if (ChallengeId.TryParse(folder.Key, out var id))
            {
                if (Read(tree, id, [.. folder], problems) is { } challenge)
                    challenges.Add(challenge);
            }
            else
            {
                var list = new ProblemList($"{Root}/{folder.Key}");
                list.Error("wrong-id", null, null, $"'{folder.Key}' cannot be a challenge's name.", ChallengeId.Rule);
                problems.AddRange(list.Problems);
            }
        }
        return challenges;
    }

    private static Challenge? Read(FileTree tree, ChallengeId id, TreeEntry[] entries, List<Problem> problems)
    {
        var folder = $"{Root}/{id}";
        FolderRules.Check(entries, folder, Known, problems);
        var yaml = new ProblemList($"{folder}/challenge.yaml");
        var prompt = new ProblemList($"{folder}/prompt.md");
        var text = tree.Read(prompt.Path) is { } promptBytes ? Utf8Text.Decode(promptBytes, prompt, LongestPrompt) : null;
        if (string.IsNullOrWhiteSpace(text) && !prompt.HasErrors)
            prompt.Error(
                "missing-file",
                null,
                null,
                "The challenge has no prompt.",
                "Write what models are asked to do into prompt.md."
            );
        DocumentMap? map = null;
        if (tree.Read(yaml.Path) is not { } bytes)
            yaml.Error(
                "missing-file",
                null,
                null,
                "The challenge has no challenge.yaml.",
                "'concord challenge add ID' makes one."
            );
        else if (YamlDocument.Parse(bytes, yaml) is { } root)
            map = DocumentMap.Open(
                root,
                yaml,
                "challenge.yaml",
                ["title", "kind", "tags", "suite", "viewport", "ready", "timeout", "checks", "tests", "protected", "sources"]
            );
        var challenge = map is null || text is null ? null : Challenge(tree, id, entries, folder, map, text, yaml);
        problems.AddRange(yaml.Problems);
        problems.AddRange(prompt.Problems);
        return challenge;
    }

    /// <summary>The files that a challenge gives along, sorted.</summary>
    public static IReadOnlyList<StarterFile> Starters(FileTree tree, ChallengeId id)
    {
        var prefix = $"benchmarks/challenges/{id}/files/";
        return
        [
            .. tree.List(prefix.TrimEnd('/'))
                .Where(e => e.Kind == EntryKind.File)
                .Select(e => new StarterFile(e.Path[prefix.Length..], tree.ReadListed(e.Path))),
        ];
    }

    // One that matches no file by mistake would protect nothing.
    private static IReadOnlyList<string> Protected(DocumentMap map, ProblemList yaml)
    {
        var paths = map.Texts("protected");
        foreach (var path in paths)
            if (ReplyPath.Mistake(path.EndsWith('/') ? path[..^1] : path) is { } mistake)
                yaml.Error(
                    "wrong-value",
                    map.Find("protected")!,
                    $"The protected path '{path}' {mistake}.",
                    "Write the path of a file or a folder below files/, such as tests/; patterns are not known."
                );
        return paths;
    }

    private static Challenge Challenge(
        FileTree tree,
        ChallengeId id,
        TreeEntry[] entries,
        string folder,
        DocumentMap map,
        string prompt,
        ProblemList yaml
    )
    {
        var viewport = new Viewport(800, 600);
        if (map.Find("viewport") is { } node && DocumentMap.Open(node, yaml, "a viewport", ["width", "height"]) is { } size)
        {
            viewport = new(size.Whole("width", 800, least: 1, most: 10_000), size.Whole("height", 600, least: 1, most: 10_000));
            if (viewport.Width * viewport.Height > MostPixels)
                yaml.Error(
                    "wrong-value",
                    node,
                    $"A viewport of {viewport.Width} x {viewport.Height} has more than {MostPixels} pixels.",
                    "Choose a smaller one: each output is drawn at this size."
                );
        }
        var tests = map.Find("tests") is null ? null : (int?)map.Whole("tests", 1, least: 1, most: 100_000);
        if (tests is not null && map.Texts("checks").Count == 0)
            yaml.Error(
                "wrong-value",
                map.Find("tests")!,
                "'tests' counts the tests of 'checks', and there are none.",
                "Write the commands of the tests under 'checks:', or remove 'tests'."
            );
        var digested = entries
            .Where(e => e.Kind == EntryKind.File)
            .Select(e => e.Path[(folder.Length + 1)..])
            .Where(p => p == "prompt.md" || p.StartsWith("files/", StringComparison.Ordinal));
        return new(
            id,
            map.OptionalText("title") ?? id.Value,
            map.Choice("kind", ChallengeKind.Visualization),
            map.Texts("tags"),
            map.OptionalText("suite"),
            viewport,
            map.OptionalText("ready"),
            map.Number("timeout", 10, t => t is > 0 and <= LongestTimeout ? null : $"seconds from above 0 to {LongestTimeout}"),
            map.Texts("checks"),
            Protected(map, yaml),
            map.Texts("sources"),
            prompt,
            Fingerprint.Of(digested.Select(p => (p, Fingerprint.Sha256(tree.ReadListed($"{folder}/{p}")))))
        )
        {
            LeastTests = tests,
        };
    }
}
