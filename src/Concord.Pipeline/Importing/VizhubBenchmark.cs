using System.Text;
using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Importing;

/// <summary>The rubric that vizhub's graders had, for a workspace that has none yet.</summary>
internal static class VizhubBenchmark
{
    public const string Functionality = "functionality";
    public const string Aesthetics = "aesthetics";

    private const string Rules = """
        schema: 1
        name: vizhub-benchmarks
        title: VizHub benchmarks
        criteria:                       # the rubric; ids become CSV columns
          - id: functionality
            title: Functionality
            question: How well does it meet the requirements?
            scale: {min: 0, max: 5, step: 1, level: ordinal}      # nominal | ordinal | interval | ratio
            weight: 0.6
            anchors: {0: Does not work, 1: Major bugs, 2: Works but misses requirements, 3: Meets the basic requirements,
                      4: Implements all requirements well, 5: "Perfect, with extras"}
          - id: aesthetics
            title: Aesthetics
            question: How good does it look, how usable is it?
            scale: {min: 0, max: 5, step: 1, level: ordinal}
            weight: 0.4
            anchors: {0: Unusable layout, 1: Poor design, 2: Basic appearance, 3: Clean design, 4: "Well designed, good to use", 5: Exceptional}

        """;

    private const string Settings = """
        grading: {blind: true, overlap: 3}
        consensus: {method: median, min_graders: 2}
        flags: {range: 3, expected_loss: 0.35}

        """;

    /// <summary>The scale of both criteria.</summary>
    public static Scale Scale { get; } = new(0, 5, 1, MeasurementLevel.Ordinal);

    /// <summary>The file benchmark.yaml.</summary>
    /// <param name="models">Model ids without sample numbers, sorted.</param>
    public static byte[] Yaml(IReadOnlyList<string> models)
    {
        var text = new StringBuilder(Rules).Append(models.Count == 0 ? "models: []\n" : "models:\n");
        foreach (var model in models)
            text.Append("  - {id: ").Append(YamlText.Of(model)).Append("}\n");
        return Encoding.UTF8.GetBytes(text.Append(Settings).ToString());
    }

    /// <summary>What <see cref="Yaml"/> says.</summary>
    public static Benchmark Of(IReadOnlyList<string> models)
    {
        var problems = new ProblemList(VizhubImport.BenchmarkPath);
        var benchmark = YamlDocument.Parse(Yaml(models), problems) is { } root ? BenchmarkYaml.Read(root, problems) : null;
        return benchmark is null || problems.HasErrors ? throw new ConcordException(problems.Problems) : benchmark;
    }
}
