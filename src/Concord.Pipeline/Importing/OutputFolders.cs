using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Importing;

/// <summary>Plans the folders of the imported outputs.</summary>
internal sealed class OutputFolders(WorkTree workspace, WritePlan plan, List<Problem> problems)
{
    private const string Source = "vizhub-benchmarks";

    // The check that an import owns: a result that was recorded elsewhere.
    private const string Recorded = "tests";

    public void Plan(IReadOnlyList<VizhubOutput> outputs, VizhubFolder folder, List<LeftOut> left)
    {
        CheckPrefixes(outputs);
        foreach (var output in outputs)
        {
            CheckSource(output.Key);
            var isReplaced = IsReplaced(output);
            Plan(output, folder.Challenges[output.Key.Challenge].Digest);
            PlanChecks(output, isReplaced);
            PlanScreenshot(output, isReplaced, folder, left);
        }
    }

    private void Plan(VizhubOutput output, string digest)
    {
        var folder = output.Key.Folder;
        foreach (var (path, bytes) in output.Files)
            plan.Write($"{folder}/files/{path}", bytes);
        plan.RemoveOthers($"{folder}/files");
        if (output.Record.Reply is { } reply)
            plan.Write($"{folder}/response.md", reply);
        else
            plan.RemoveFile($"{folder}/response.md");
        plan.Write($"{folder}/output.json", OutputJson(output, digest));
    }

    // Checks that were run here stay, as long as they are of the same files.
    private void PlanChecks(VizhubOutput output, bool isReplaced)
    {
        var path = $"{output.Key.Folder}/{CheckFile.Name}";
        CheckResult[] checks = output.Passed is { } passed ? [new(Recorded, passed, null, "")] : [];
        var merged = isReplaced
            ? CheckFile.Bytes(output.Id, checks)
            : CheckFile.Merged(workspace, path, output.Id, checks, [Recorded], problems);
        if (merged is { } bytes)
            plan.Write(path, bytes);
        else
            plan.RemoveFile(path);
    }

    private void PlanScreenshot(VizhubOutput output, bool isReplaced, VizhubFolder folder, List<LeftOut> left)
    {
        var place = folder.Place($"screenshots/{output.Key.Challenge}/{output.Key.Model}/output.png");
        var (own, record) = ($"{output.Key.Folder}/screenshot.png", $"{output.Key.Folder}/render.json");
        if (isReplaced)
        {
            plan.RemoveFile(own);
            plan.RemoveFile(record);
        }
        if (output.Record.Screenshot is not { } picture)
            return;
        if (output.Id is null)
            left.Add(new(place, null, "a screenshot", "Its output has no files that it could show."));
        else if (!isReplaced && workspace.Read(record) is not null)
            left.Add(new(place, null, "a screenshot", "The output has been rendered here already."));
        else
            plan.Write(own, picture);
    }

    // Whether other files lie there now: what was made from them must go with them.
    private bool IsReplaced(VizhubOutput output)
    {
        var prefix = $"{output.Key.Folder}/files/";
        var files = workspace.List(prefix.TrimEnd('/')).Where(e => e.Kind == EntryKind.File).Select(e => e.Path).ToArray();
        var there =
            files.Length == 0
                ? null
                : Fingerprint.Of(files.Select(f => (f[prefix.Length..], Fingerprint.Sha256(workspace.ReadListed(f)))));
        return there != output.Id?.Value;
    }

    private void CheckSource(OutputKey key)
    {
        var path = $"{key.Folder}/output.json";
        if (workspace.Read(path) is not { } bytes)
            return;
        var list = new ProblemList(path);
        var source =
            JsonFile.Parse(bytes, list) is { } root && DocumentMap.Open(root, list, "an output") is { } map
                ? map.OptionalText("source")
                : null;
        problems.AddRange(list.Problems);
        if (list.Problems.Count == 0 && source != Source)
            Error(
                "output-taken",
                path,
                $"The workspace has an output of {key} from {(source is null ? "elsewhere" : $"'{source}'")}, which the import would replace.",
                "Import into another workspace, or remove the folder first."
            );
    }

    // No id may be a folder of another: the files of the one would be among those of the other.
    private void CheckPrefixes(IReadOnlyList<VizhubOutput> outputs)
    {
        const string mark = "/output.json";
        var existing = workspace
            .List("benchmarks/outputs")
            .Where(e => e.Path.EndsWith(mark, StringComparison.Ordinal) && !e.Path.Contains("/files/", StringComparison.Ordinal))
            .Select(e => e.Path[..^mark.Length]);
        var folders = outputs.Select(o => o.Key.Folder).Union(existing).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in folders)
            for (var slash = folder.LastIndexOf('/'); slash > 0; slash = folder.LastIndexOf('/', slash - 1))
                if (folders.Contains(folder[..slash]))
                    Error(
                        "nested-output",
                        folder,
                        $"The output's folder lies in that of another output, {folder[..slash]}.",
                        "Rename one of the models: no model id may be a folder of another."
                    );
    }

    private void Error(string rule, string path, string what, string mend) =>
        problems.Add(new(Severity.Error, rule, path, null, null, what, mend));

    private static byte[] OutputJson(VizhubOutput output, string digest) =>
        CanonicalJson.Of(writer =>
        {
            writer.WriteNumber("schema", 1);
            writer.WriteString("model", output.Key.Model.Value);
            writer.WriteString("status", output.Failure is null ? "ok" : "error");
            if (output.Failure is { } reason)
                writer.WriteString("reason", reason);
            writer.WriteString("challenge_digest", digest);
            writer.WriteString("source", Source);
        });
}
