using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>Reads <c>benchmarks/outputs/&lt;challenge&gt;/&lt;model&gt;/</c>.</summary>
internal static class OutputFolder
{
    private const string Root = "benchmarks/outputs";
    private static readonly string[] Known =
    [
        "response.md",
        "request.json",
        "output.json",
        "screenshot.png",
        "render.json",
        "checks.json",
    ];

    public static List<Output> ReadAll(FileTree tree, List<Problem> problems)
    {
        var outputs = new List<Output>();
        var folders = tree.List(Root)
            .GroupBy(e => FolderOf(e.Path), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal);
        var models = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            if (folder.Key == Root)
                continue;
            var list = new ProblemList(folder.Key);
            var segments = folder.Key[(Root.Length + 1)..].Split('/', 2);
            if (!ChallengeId.TryParse(segments[0], out var challenge))
                list.Error("wrong-id", null, null, $"'{segments[0]}' cannot be a challenge's name.", ChallengeId.Rule);
            else if (segments.Length < 2 || !ModelId.TryParse(segments[1], out var model))
                list.Error("wrong-id", null, null, $"'{segments.ElementAtOrDefault(1)}' cannot be a model's id.", ModelId.Rule);
            else if (Above(folder.Key).FirstOrDefault(models.Contains) is { } outer)
                list.Error(
                    "nested-output",
                    null,
                    null,
                    $"This output lies inside another one, {outer}.",
                    "Rename one of the models."
                );
            else if (models.Add(folder.Key))
                outputs.Add(Read(tree, new(challenge, model), [.. folder], problems));
            problems.AddRange(list.Problems);
        }
        return [.. outputs.OrderBy(o => o.Key)];
    }

    /// <summary>The folders that a path lies in, the nearest first. Not simply the one before it in order: '-' and '.' sort before '/'.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }

    /// <summary>The output's folder of a path: everything before <c>files/</c> or before a known file's name.</summary>
    private static string FolderOf(string path)
    {
        // A challenge may be called files, and the model's id begins behind its name.
        var model = path.IndexOf('/', Root.Length + 1);
        var files = model < 0 ? -1 : path.IndexOf("/files/", model, StringComparison.Ordinal);
        return files >= 0 ? path[..files] : path[..path.LastIndexOf('/')];
    }

    private static Output Read(FileTree tree, OutputKey key, TreeEntry[] entries, List<Problem> problems)
    {
        FolderRules.Check(entries, key.Folder, Known, problems);
        var prefix = key.Folder + "/files/";
        var files = entries
            .Where(e => e.Kind == EntryKind.File && e.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(e => e.Path[prefix.Length..])
            .ToArray();
        var list = new ProblemList(key.Folder + "/output.json");
        var (failure, digest, license) = Status(tree, list, key, files.Length > 0);
        problems.AddRange(list.Problems);
        OutputId? id =
            failure is not null || files.Length == 0
                ? null
                : OutputId.Parse(Fingerprint.Of(files.Select(f => (f, Fingerprint.Sha256(tree.ReadListed(prefix + f))))));
        var checks = OutputJson.Checks(tree, key.Folder + "/checks.json", problems);
        var current = checks.Of(id);
        if (current.Count < checks.All.Count)
            problems.Add(
                new(
                    Severity.Notice,
                    "stale-checks",
                    key.Folder + "/checks.json",
                    null,
                    null,
                    $"These automatic checks are of other files than the output now has ({checks.Output}), and do not count.",
                    "Run 'concord render' or 'concord bench check', or import it again."
                )
            );
        return new(key, id, failure, digest, OutputJson.Request(tree, key.Folder + "/request.json", problems), current, files)
        {
            License = license,
            StaleChecks = checks.All.Count - current.Count,
        };
    }

    private static (string? Failure, string? Digest, string? License) Status(
        FileTree tree,
        ProblemList problems,
        OutputKey key,
        bool hasFiles
    )
    {
        if (tree.Read(problems.Path) is not { } bytes)
        {
            problems.Note(
                "no-output-json",
                null,
                null,
                "The output has no output.json, so nothing is known of how it was made.",
                "Add one if you know."
            );
            return (hasFiles ? null : "The output has no files.", null, null);
        }
        if (
            JsonFile.Parse(bytes, problems) is not { } root
            || OutputJson.OfKnownSchema(DocumentMap.Open(root, problems, "output.json", OutputJson.OutputKeys), problems)
                is not { } map
        )
            return (hasFiles ? null : "The output.json could not be read.", null, null);
        var status = map.Text("status");
        if (status is not ("ok" or "error" or ""))
            problems.Error("wrong-value", map.Find("status")!, $"'status' cannot be '{status}'.", "Write 'ok' or 'error'.");
        if (map.OptionalText("model") is { } model && model != key.Model.Value)
            problems.Error(
                "wrong-value",
                map.Find("model")!,
                $"The output says it is by '{model}' and lies in the folder of '{key.Model}'.",
                "Correct one of them."
            );
        if (status == "ok" && !hasFiles)
            problems.Error(
                "no-files",
                map.Node,
                "The output's status is ok and it has no files.",
                "Add its files, or write status 'error' with a reason."
            );
        var failure = status == "error" ? map.OptionalText("reason") ?? "no reason was given" : null;
        return (
            failure ?? (hasFiles ? null : "The output has no files."),
            map.OptionalText("challenge_digest"),
            map.OptionalText("license")
        );
    }
}
