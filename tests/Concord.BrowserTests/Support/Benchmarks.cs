using System.Text;
using Concord.Tests.Support;

namespace Concord.BrowserTests.Support;

/// <summary>Workspaces to grade in.</summary>
internal static class Benchmarks
{
    /// <summary>Words that must not reach a browser before a grade is saved: models, vendors, peers' words, a commit's subject.</summary>
    public static readonly string[] Secrets =
    [
        "acme",
        "secretron",
        "zenith",
        "quietly",
        "umbra",
        "hidden-3",
        "peerwords",
        "hushed subject",
        "benchmarks/outputs",
    ];

    private static readonly string[] Models = ["acme/secretron-9", "zenith/quietly-2", "umbra/hidden-3"];

    private const string Benchmark = """
        schema: 1
        name: drawing
        title: Drawing benchmark
        criteria:
          - id: functionality
            title: Functionality
            question: Does it do what the challenge asks?
            scale: {min: 0, max: 5, step: 1, level: ordinal}
            weight: 0.6
            anchors: {0: Nothing works, 1: Hardly anything works, 2: Much is missing, 3: Most works, 4: All but details, 5: Everything works}
          - id: aesthetics
            title: Aesthetics
            question: Would you show it to others?
            scale: {min: 0, max: 5, step: 1, level: ordinal}
            weight: 0.4
            anchors: {0: Unreadable, 1: Ugly, 2: Poor, 3: Fair, 4: Good, 5: Excellent}
        grading: {overlap: 2, blind: true}
        models:
          - {id: acme/secretron-9}
          - {id: zenith/quietly-2}
          - {id: umbra/hidden-3}
        """;

    /// <summary>Two challenges with three outputs each; ben has graded one of them; ada, a lead, is who grades.</summary>
    public static TestRepository Drawing()
    {
        var repository = new TestRepository();
        repository.Write("benchmarks/benchmark.yaml", Benchmark + "\n");
        repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada, name: Sample A, emails: [ada@concord.example], role: lead}\n- {id: ben, name: Sample B, emails: [ben@concord.example]}\n"
        );
        foreach (var (challenge, title) in new[] { ("bars", "Bars of fruit"), ("lines", "Lines of rain") })
        {
            repository.Write($"benchmarks/challenges/{challenge}/challenge.yaml", $"title: {title}\nkind: visualization\n");
            repository.Write($"benchmarks/challenges/{challenge}/prompt.md", $"Draw **{title.ToLowerInvariant()}**.\n");
            repository.Write($"benchmarks/challenges/{challenge}/guidelines.md", "Click a shape: it must say its number.\n");
            repository.Write($"benchmarks/challenges/{challenge}/files/data.csv", "name,number\napple,3\npear,5\n");
            for (var i = 0; i < Models.Length; i++)
                TestWorkspace.AddOutput(repository, challenge, Models[i], Page(title, i));
        }
        repository.Write(
            "grades/ben-2026-11-02.csv",
            TestWorkspace.Header
                + $"bars,{Models[0]},{TestWorkspace.OutputId(Page("Bars of fruit", 0))},2,1,graded,peerwords,2026-11-02T09:00:00Z,30\n"
        );
        repository.Git("config", "user.name", "Sample A");
        repository.Git("config", "user.email", "ada@concord.example");
        repository.Commit("hushed subject");
        return repository;
    }

    /// <summary>Gives a workspace a remote that has all that is committed; it goes with the workspace.</summary>
    public static void Share(TestRepository repository)
    {
        var remote = repository[".git/remote.git"];
        repository.Git("init", "-q", "--bare", "-b", "main", remote);
        repository.Git("remote", "add", "origin", remote);
        repository.Git("push", "-q", "origin", "main");
    }

    /// <summary>An output that draws, and counts clicks.</summary>
    private static string Page(string title, int version)
    {
        var bars = new StringBuilder();
        for (var i = 0; i < 5; i++)
            bars.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"<rect x='{i * 60}' y='{150 - (((i * 7) + (version * 3)) % 9 * 15)}' width='40' height='150' fill='hsl({(i * 40) + (version * 90)} 60% 50%)'/>"
            );
        return $"<!doctype html><title>{title}</title><h1>{title} {version + 1}</h1><svg width='320' height='160' onclick='this.dataset.clicks=1'>{bars}</svg>\n";
    }
}
