using Concord.Core.Domain;

namespace Concord.Tests.Support;

/// <summary>A small workspace: two criteria, one challenge <c>bars</c>, outputs of <c>lab/one</c> and <c>lab/two</c>.</summary>
internal static class TestWorkspace
{
    public const string Header = "challenge,model,output,functionality,aesthetics,status,notes,graded_at,seconds\n";

    public const string Benchmark = """
        schema: 1
        name: test
        title: Test benchmark
        criteria:
          - id: functionality
            scale: {min: 0, max: 5, step: 1, level: ordinal}
            weight: 0.6
          - id: aesthetics
            scale: {min: 0, max: 5, step: 1, level: ordinal}
            weight: 0.4
        models:
          - {id: lab/one}
          - {id: lab/two}
        """;

    public static TestRepository Create(bool commit = true)
    {
        var repository = new TestRepository();
        repository.Write("benchmarks/benchmark.yaml", Benchmark + "\n");
        repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada, name: Sample A, emails: [ada@concord.example], role: lead}\n- {id: ben, name: Sample B, emails: [ben@concord.example]}\n"
        );
        repository.Write("benchmarks/challenges/bars/challenge.yaml", "title: Bars\nkind: visualization\n");
        repository.Write("benchmarks/challenges/bars/prompt.md", "Draw bars.\n");
        AddOutput(repository, "bars", "lab/one", "<p>one</p>\n");
        AddOutput(repository, "bars", "lab/two", "<p>two</p>\n");
        if (commit)
            repository.Commit("start");
        return repository;
    }

    /// <summary>Writes an output of one file.</summary>
    public static void AddOutput(TempFolder folder, string challenge, string model, string html)
    {
        folder.Write($"benchmarks/outputs/{challenge}/{model}/files/index.html", html);
        folder.Write($"benchmarks/outputs/{challenge}/{model}/output.json", "{\"schema\": 1, \"status\": \"ok\"}\n");
    }

    /// <summary>The output id of such an output.</summary>
    public static string OutputId(string html) =>
        Fingerprint.Of([("index.html", Fingerprint.Sha256(System.Text.Encoding.UTF8.GetBytes(html)))]);

    /// <summary>A row of a grade file for <c>lab/one</c> or <c>lab/two</c>.</summary>
    public static string Row(
        string model,
        string scores,
        string status = "graded",
        string notes = "",
        string at = "2026-11-02T09:00:00Z"
    ) => $"bars,{model},{OutputId(model == "lab/one" ? "<p>one</p>\n" : "<p>two</p>\n")},{scores},{status},{notes},{at},30\n";
}
