using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Scaffolding;

/// <summary>Adds to a workspace what people otherwise copy and mistype. Nothing that exists is overwritten.</summary>
public static class NewFiles
{
    /// <summary>Writes files that are not there yet.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="files">Paths and contents.</param>
    /// <returns>The paths that were written; the others exist and were left.</returns>
    public static IReadOnlyList<string> Write(string root, IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        var missing = files.Where(f => !Path.Exists(Path.Combine(root, f.Path))).ToArray();
        AtomicFile.ReplaceAll([.. missing.Select(f => (Path.Combine(root, f.Path), f.Bytes))]);
        return [.. missing.Select(f => f.Path)];
    }

    /// <summary>A new challenge.</summary>
    /// <exception cref="ConcordException">It exists.</exception>
    public static IReadOnlyList<string> Challenge(string root, ChallengeId id, string title, ChallengeKind kind)
    {
        var folder = $"benchmarks/challenges/{id}";
        if (Directory.Exists(Path.Combine(root, folder)))
            throw new ConcordException(
                "exists",
                $"There is a challenge '{id}' already.",
                "Choose another id, or edit it.",
                folder
            );
        var yaml = new StringBuilder();
        yaml.Append(null, $"title: {YamlText.Of(title)}\nkind: {Names.Of(kind)}\ntags: []\n");
        if (kind == ChallengeKind.Visualization)
            yaml.Append("viewport: {width: 800, height: 600}\nready: \"svg, canvas\"       # exists once the page has drawn\n");
        else
            yaml.Append(
                "checks: []                  # commands of its tests, such as 'node --test tests/'\n# tests: 3                # how many tests these run at least\n"
            );
        yaml.Append("timeout: 10\nprotected: []               # starter files that a reply must not replace\n");
        return Write(
            root,
            [
                ($"{folder}/challenge.yaml", Encoding.UTF8.GetBytes(yaml.ToString())),
                ($"{folder}/prompt.md", Encoding.UTF8.GetBytes($"# {title}\n\n{ChallengeFolder.PromptToWrite}\n")),
                (
                    $"{folder}/guidelines.md",
                    "For graders, never sent to a model: what a high, a middle and a low score look like here.\n"u8.ToArray()
                ),
            ]
        );
    }

    /// <summary>A new line in graders.yaml; the lines that are there stay as they are.</summary>
    /// <exception cref="ConcordException">The grader is listed, or the file cannot be read.</exception>
    public static void Grader(string root, Grader grader)
    {
        var path = Path.Combine(root, GradersYaml.Path);
        var old = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (Parse(old).Any(g => g.Id == grader.Id))
            throw new ConcordException(
                "exists",
                $"The grader '{grader.Id}' is listed already.",
                "Edit the line, or choose another id.",
                GradersYaml.Path
            );
        var line = new StringBuilder();
        if (old.Length > 0 && old[^1] != '\n')
            line.Append('\n');
        line.Append(null, $"- {{id: {YamlText.Of(grader.Id.Value)}, name: {YamlText.Of(grader.Name)}");
        if (grader.Emails.Count > 0)
            line.Append(null, $", emails: [{string.Join(", ", grader.Emails.Select(YamlText.Of))}]");
        if (grader.Github is { } login)
            line.Append(null, $", github: {YamlText.Of(login)}");
        line.Append(null, $", kind: {Names.Of(grader.Kind)}, role: {Names.Of(grader.Role)}");
        if (grader.Groups.Count > 0)
            line.Append(null, $", groups: [{string.Join(", ", grader.Groups.Select(YamlText.Of))}]");
        line.Append("}\n");
        byte[] bytes = [.. old, .. Encoding.UTF8.GetBytes(line.ToString())];
        Parse(bytes);
        AtomicFile.Replace(path, bytes);
    }

    private static List<Grader> Parse(byte[] bytes)
    {
        var problems = new ProblemList(GradersYaml.Path);
        var root = YamlDocument.Parse(bytes, problems);
        var graders = root is null ? null : GradersYaml.Read(root, problems);
        return problems.HasErrors ? throw new ConcordException(Problem.Sorted(problems.Problems)) : graders ?? [];
    }
}
