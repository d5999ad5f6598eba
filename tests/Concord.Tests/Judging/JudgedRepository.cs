using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Judging;

/// <summary>A workspace on <c>main</c> with two graders' files, and a branch <c>topic</c> on which somebody proposes.</summary>
internal sealed class JudgedRepository : IDisposable
{
    public const string Graders = """
        - {id: ada, name: Sample A, emails: [ada@concord.example], github: ada-gh, role: lead}
        - {id: ben, name: Sample B, emails: [ben@concord.example], github: ben-gh}
        - {id: cleo, name: Sample C, emails: [cleo@concord.example], github: Cleo-GH}

        """;

    public static readonly string[] Challenges = ["bars", "lines", "map"];
    public static readonly string[] Models = ["lab/one", "lab/three", "lab/two"];

    public JudgedRepository(string settings = "")
    {
        Files = new();
        Files.Write("benchmarks/benchmark.yaml", TestWorkspace.Benchmark + $"\n  - {{id: lab/three}}\n{settings}");
        Files.Write("benchmarks/graders.yaml", Graders);
        foreach (var challenge in Challenges)
        {
            Files.Write($"benchmarks/challenges/{challenge}/challenge.yaml", $"title: {challenge}\nkind: visualization\n");
            Files.Write($"benchmarks/challenges/{challenge}/prompt.md", $"Draw {challenge}.\n");
            foreach (var model in Models)
                TestWorkspace.AddOutput(Files, challenge, model, Html(challenge, model));
        }
        Files.Write("grades/ada-2026-11-02.csv", Grades("5,4", "2,2", "4,3"));
        Files.Write("grades/ben-2026-11-02.csv", Grades("4,4", "2,3", "4,4"));
        Files.Commit("start");
        Files.Git("checkout", "-q", "-b", "topic");
    }

    public TestRepository Files { get; }

    /// <summary>A grade file: one row an output, with the scores of each model.</summary>
    public static string Grades(string one, string three, string two, string notes = "", int challenges = 3) =>
        TestWorkspace.Header
        + string.Concat(
            Challenges
                .Take(challenges)
                .SelectMany(c =>
                    Models.Zip(
                        [one, three, two],
                        (m, scores) =>
                            $"{c},{m},{TestWorkspace.OutputId(Html(c, m))},{scores},graded,{notes},2026-11-03T09:00:00Z,30\n"
                    )
                )
        );

    /// <summary>Commits what lies there as somebody's proposal.</summary>
    public string Propose(string grader, string message = "grade: some outputs") =>
        Files.Commit(message, grader, $"{grader}@concord.example");

    /// <summary>Makes a commit of a tree whose entries git's porcelain would refuse.</summary>
    /// <param name="entries">Lines of <c>git mktree</c>, over the entries of the last commit.</param>
    public void ProposeTree(params string[] entries)
    {
        string[] old = Files.Git("ls-tree", "HEAD").Split('\n');
        var tree = Tree([.. old.Where(l => !entries.Any(e => e.Split('\t')[1] == l.Split('\t')[1])), .. entries]);
        var commit = Files.GitAs("cleo", "cleo@concord.example", "commit-tree", tree, "-p", "HEAD", "-m", "tree");
        // Never checked out: some of these trees have no end.
        Files.Git("checkout", "-q", "-f", "main");
        Files.Git("update-ref", "refs/heads/topic", commit);
    }

    /// <summary>Writes a tree object.</summary>
    public string Tree(params string[] entries)
    {
        Files.Write(".git/entries", string.Join('\n', entries) + "\n");
        return Files.Git("-c", "alias.tree=!git mktree < .git/entries", "tree");
    }

    /// <summary>Writes a blob.</summary>
    public string Blob(byte[] bytes)
    {
        Files.Write(".git/blob", bytes);
        return Files.Git("hash-object", "-w", ".git/blob");
    }

    /// <summary>Judges the branch, from a checkout of the base, as CI does.</summary>
    public async Task<Judged> JudgeAsync(string? author, params string[] options)
    {
        Files.Git("reset", "-q", "--hard");
        Files.Git("checkout", "-q", "main");
        using var written = new TempFolder();
        var run = await CommandLine.RunAsync(
            Files.Path,
            [
                "ci",
                "check",
                "--base",
                "main",
                "--head",
                "topic",
                "--out",
                written.Path,
                "--json",
                .. author is null ? Array.Empty<string>() : ["--author", author],
                .. options,
            ]
        );
        Assert.True(run.Out.Length > 0, run.Error);
        Assert.Equal("", Files.Git("status", "--porcelain"));
        Assert.Equal(run.Out, written.Read("result.json"));
        return new(run.ExitCode, JsonNode.Parse(run.Out)!, written.Read("comment.md"), written.Read("summary.md"));
    }

    public void Dispose() => Files.Dispose();

    public static string Html(string challenge, string model) => $"<p>{challenge} {model}</p>\n";
}

/// <summary>What <c>ci check</c> said.</summary>
internal sealed record Judged(int ExitCode, JsonNode Result, string Comment, string Summary)
{
    public string FirstLine => Comment.Split('\n')[0];

    public string[] Rules(string severity) =>
        [.. Result["reasons"]!.AsArray().Where(r => (string)r!["severity"]! == severity).Select(r => (string)r!["rule"]!)];

    public bool IsMerged => (bool)Result["merge"]!["by_rule"]!;

    public string[] Against => [.. Result["merge"]!["against"]!.AsArray().Select(r => (string)r!)];

    public string[] Labels => [.. Result["labels"]!.AsArray().Select(r => (string)r!)];

    public void IsRefused(params string[] rules)
    {
        Assert.Equal((1, "refused", false), (ExitCode, (string)Result["verdict"]!, IsMerged));
        Assert.StartsWith("### ❌ Refused", FirstLine, StringComparison.Ordinal);
        Assert.Equal(rules.Order(StringComparer.Ordinal), Rules("error").Distinct().Order(StringComparer.Ordinal));
    }
}
