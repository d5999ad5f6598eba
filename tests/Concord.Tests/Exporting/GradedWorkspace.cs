using System.Globalization;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Exporting;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Exporting;

/// <summary>Four challenges, three models, three graders; with everything that a record can tell.</summary>
internal sealed class GradedWorkspace : IDisposable
{
    private static readonly string[] Challenges = ["bars", "lines", "map", "table"];
    private static readonly string[] Models = ["lab/one", "lab/two", "open/three"];
    private readonly WorkTree _tree;

    public GradedWorkspace()
    {
        Repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark.Replace(
                "models:",
                "models:\n  - {id: open/three, license: apache-2.0}",
                StringComparison.Ordinal
            ) + "\n"
        );
        Repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada, name: Ada Sample, emails: [ada@concord.example], role: lead}\n- {id: ben, name: Ben Sample, emails: [ben@concord.example]}\n- {id: cyd, name: Cyd Sample, emails: [cyd@concord.example]}\n"
        );
        foreach (var (challenge, c) in Challenges.Select((n, i) => (n, i)))
        {
            Repository.Write(
                $"benchmarks/challenges/{challenge}/challenge.yaml",
                $"title: {challenge}\nkind: visualization\ntags: [charts]\n"
            );
            Repository.Write($"benchmarks/challenges/{challenge}/prompt.md", $"Draw {challenge} 📊 with <b>labels</b>.\n");
            foreach (var (model, m) in Models.Select((n, i) => (n, i)))
            {
                TestWorkspace.AddOutput(Repository, challenge, model, Html(c, m));
                if (m < 2)
                    Repository.Write(
                        $"benchmarks/outputs/{challenge}/{model}/request.json",
                        $$"""{"schema": 1, "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Draw {{challenge}}."}]}"""
                            + "\n"
                    );
            }
        }
        Repository.Write(
            "benchmarks/outputs/bars/lab/one/output.json",
            """{"schema": 1, "status": "ok", "parameters": {"temperature": 0.7, "stop": ["é"]}}""" + "\n"
        );
        Repository.Write("benchmarks/outputs/bars/lab/one/screenshot.png", "a picture");
        Grade("ada", (c, m) => (5 - m, 4 - m), "");
        Grade("ben", (c, m) => (5 - m - (c == 3 ? 1 : 0), 5 - 2 * m), "");
        Grade("cyd", (c, m) => (4 - m, 4 - m), "");
        Repository.Commit("graded");
        _tree = new(Repository.Path);
    }

    public TestRepository Repository { get; } = new();

    /// <summary>What an export is made from; commit and version are always the same, so that the bytes are.</summary>
    public ExportSource Source()
    {
        var workspace = WorkspaceReader.Read(_tree).OrThrow();
        return new(
            workspace,
            ConsensusTables.Of(workspace),
            _tree,
            new('a', 40),
            DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
            "0.1.0"
        );
    }

    public void Dispose()
    {
        _tree.Dispose();
        Repository.Dispose();
    }

    /// <summary>Writes a grader's file: for every output two scores, with a note on the first.</summary>
    public void Grade(string grader, Func<int, int, (int Functionality, int Aesthetics)> scores, string note)
    {
        var rows =
            from c in Enumerable.Range(0, Challenges.Length)
            from m in Enumerable.Range(0, Models.Length)
            let s = scores(c, m)
            select string.Create(
                CultureInfo.InvariantCulture,
                $"{Challenges[c]},{Models[m]},{TestWorkspace.OutputId(Html(c, m))},{s.Functionality},{Math.Max(0, s.Aesthetics)},graded,{(c + m == 0 ? note : "")},2026-11-02T09:00:00Z,30\n"
            );
        Repository.Write($"grades/{grader}-2026-11-02.csv", TestWorkspace.Header + string.Concat(rows));
    }

    // Texts of different words, for no two are near duplicates.
    private static string Html(int challenge, int model) =>
        $"<!doctype html><title>{Challenges[challenge]}</title>{string.Concat(Enumerable.Range(0, 4 + (5 - model) * 3).Select(i => $"<p>{Challenges[challenge]} {i * 7 + model} \u2028“{(char)('a' + model)}” 👩‍🚀</p>"))}\n";
}
