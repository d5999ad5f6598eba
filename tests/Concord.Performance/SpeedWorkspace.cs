using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;

namespace Concord.Performance;

/// <summary>The workspaces that the grading page is measured on, each in a repository of its own.</summary>
internal static class SpeedWorkspace
{
    public const string Grader = "newcomer";

    private const int Challenges = 24;
    private const int Models = 6;

    private static readonly string[] Peers = ["grader-b", "grader-c", "grader-d"];

    /// <summary>24 challenges with six outputs each; three peers have graded two thirds of them.</summary>
    public static async Task<string> GenerateAsync(string root)
    {
        void File(string path, string text) => AtomicFile.Replace(Path.Combine(root, path), Encoding.UTF8.GetBytes(text));
        File(
            "benchmarks/benchmark.yaml",
            "schema: 1\nname: speed\ntitle: Speed\ncriteria:\n"
                + "  - {id: functionality, question: Does it work?, weight: 0.6, scale: {min: 0, max: 5, step: 1, level: ordinal}}\n"
                + "  - {id: aesthetics, question: Is it clear?, weight: 0.4, scale: {min: 0, max: 5, step: 1, level: ordinal}}\n"
                + "grading: {overlap: 3}\n"
        );
        File(
            "benchmarks/graders.yaml",
            string.Concat(Peers.Prepend(Grader).Select(g => $"- {{id: {g}, name: {g}, emails: [{g}@concord.example]}}\n"))
        );
        var rows = Peers.ToDictionary(
            p => p,
            _ => new StringBuilder("challenge,model,output,functionality,aesthetics,status,notes,graded_at,seconds\n")
        );
        for (var c = 0; c < Challenges; c++)
        {
            var challenge = string.Create(CultureInfo.InvariantCulture, $"c{c:00}");
            File($"benchmarks/challenges/{challenge}/challenge.yaml", $"title: Challenge {c}\nkind: visualization\n");
            File($"benchmarks/challenges/{challenge}/prompt.md", $"Draw **chart {c}** of `data.csv`.\n");
            for (var m = 0; m < Models; m++)
            {
                var (at, page) = ($"benchmarks/outputs/{challenge}/lab/m{m}", Page(c, m));
                File($"{at}/output.json", "{\"schema\": 1, \"status\": \"ok\"}\n");
                File($"{at}/files/index.html", page);
                var id = Fingerprint.Of([("index.html", Fingerprint.Sha256(Encoding.UTF8.GetBytes(page)))]);
                for (var p = 0; p < Peers.Length; p++)
                    if ((c + m + p) % Peers.Length != 0)
                        rows[Peers[p]]
                            .Append(
                                CultureInfo.InvariantCulture,
                                $"{challenge},lab/m{m},{id},{(c + m + p) % 6},{(c * m + p) % 6},graded,,2026-11-02T09:{c:00}:{m:00}Z,30\n"
                            );
            }
        }
        foreach (var (peer, text) in rows)
            File($"grades/{peer}-2026-11-02.csv", text.ToString());
        return await CommitAsync(root);
    }

    /// <summary>The sample that this repository carries.</summary>
    public static async Task<string> SampleAsync(string root)
    {
        foreach (var folder in new[] { "benchmarks", "grades" })
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Source, folder), "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Source, file);
            if (path.Contains("node_modules", StringComparison.Ordinal) || path.Contains("/.cache/", StringComparison.Ordinal))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.Copy(file, Path.Combine(root, path));
        }
        return await CommitAsync(root);
    }

    /// <summary>Where this repository's own files lie.</summary>
    public static string Source { get; } = FindSource();

    /// <summary>Makes a repository of a folder as it lies, with one commit.</summary>
    public static async Task<string> CommitAsync(string root)
    {
        var git = new GitCommand(root);
        await git.RunAsync(["init", "-q", "-b", "main"], default);
        await IdentifyAsync(root);
        await git.RunAsync(["add", "-A"], default);
        await git.RunAsync(["commit", "-q", "-m", "start"], default);
        return root;
    }

    /// <summary>Gives a repository somebody who commits.</summary>
    public static async Task IdentifyAsync(string root)
    {
        var git = new GitCommand(root);
        await git.RunAsync(["config", "user.name", "Sample"], default);
        await git.RunAsync(["config", "user.email", "sample@concord.example"], default);
    }

    // As large as answers are, and still: what is measured is the page around it.
    private static string Page(int challenge, int model)
    {
        var page = new StringBuilder(
            "<!doctype html><meta charset=\"utf-8\"><title>Chart</title><h1>Chart</h1><svg width=\"900\" height=\"400\">"
        );
        for (var i = 0; i < 60; i++)
            page.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{i * 15}\" y=\"{400 - 20 - ((i * 37) + (challenge * 11) + (model * 53)) % 360}\" width=\"12\" height=\"380\" fill=\"hsl({(i * 6) + (model * 40)} 60% 50%)\"/>\n"
            );
        return page.Append("</svg><script>document.title += ' ' + document.querySelectorAll('rect').length;</script>\n")
            .ToString();
    }

    private static string FindSource()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "eval.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("This runs outside the project.");
    }
}
