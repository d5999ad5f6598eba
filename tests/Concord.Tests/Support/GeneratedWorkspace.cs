using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Statistics;

namespace Concord.Tests.Support;

/// <summary>
/// A workspace of some size with everything that grades can be: blank, skipped, flagged and stale ones, of outputs that are
/// gone, given twice, with notes of every kind, by people and by models, on ordinal and on finer scales.
/// </summary>
internal static class GeneratedWorkspace
{
    private const int Graders = 12;
    private const int Challenges = 5;
    private const int Models = 8;
    private const int FilesOfEach = 4;
    private const int RowsOfEach = 20;

    private const string Benchmark = """
        schema: 1
        name: generated
        title: Generated
        criteria:
          - {id: functionality, scale: {min: 0, max: 5, step: 1, level: ordinal}, weight: 0.5}
          - {id: aesthetics, scale: {min: 0, max: 5, step: 1, level: ordinal}, weight: 0.3}
          - {id: usability, scale: {min: 0, max: 5, step: 0.5, level: interval}, weight: 0.2}
        consensus: {method: median, min_graders: 3, bootstrap: 50}

        """;

    public static void Write(TempFolder folder)
    {
        var random = new Xoshiro256(20261121);
        folder.Write("benchmarks/benchmark.yaml", Benchmark);
        folder.Write(
            "benchmarks/graders.yaml",
            string.Concat(
                Enumerable
                    .Range(1, Graders - 1)
                    .Select(g => $"- {{id: g{g}, name: G{g}, emails: [g{g}@example.org]{(g % 5 == 4 ? ", kind: model" : "")}}}\n")
            )
        );
        var outputs = new List<(string Challenge, string Model, string Id, double Quality)>();
        for (var c = 0; c < Challenges; c++)
        {
            folder.Write($"benchmarks/challenges/c-{c}/challenge.yaml", "title: C\nkind: visualization\n");
            folder.Write($"benchmarks/challenges/c-{c}/prompt.md", "Draw.\n");
            for (var m = 0; m < Models; m++)
            {
                var (model, html) = (m % 4 == 3 ? $"lab/m-{m - 1}@2" : $"lab/m-{m}", $"<p>{c} {m}</p>\n");
                TestWorkspace.AddOutput(folder, $"c-{c}", model, html);
                outputs.Add(($"c-{c}", model, TestWorkspace.OutputId(html), random.NextDouble() * 5));
            }
        }
        for (var g = 0; g < Graders; g++)
        for (var f = 0; f < FilesOfEach; f++)
            folder.Write(
                $"grades/g{g}-2026-01-{f + 10}.csv",
                "challenge,model,output,functionality,aesthetics,usability,status,notes,graded_at,seconds\n"
                    + string.Concat(Rows(outputs, random, f).Order(StringComparer.Ordinal))
            );
    }

    /// <summary>The files of <c>consensus/</c> with their sums; the line of the report that names the inputs left out.</summary>
    public static string Sums(string folder) =>
        string.Concat(
            Directory
                .EnumerateFiles(Path.Combine(folder, "consensus"))
                .Order(StringComparer.Ordinal)
                .Select(f =>
                {
                    var lines = File.ReadAllLines(f).Where(l => !l.StartsWith("Inputs: ", StringComparison.Ordinal));
                    var text = string.Concat(lines.Select(l => l + "\n"));
                    return $"{Fingerprint.Sha256(Encoding.UTF8.GetBytes(text))}  {Path.GetFileName(f)}\n";
                })
        );

    private static IEnumerable<string> Rows(
        List<(string Challenge, string Model, string Id, double Quality)> outputs,
        Xoshiro256 random,
        int file
    )
    {
        for (var i = 0; i < RowsOfEach; i++)
        {
            // Every other output of a stretch, so that a grader meets many of them twice and none twice in a file.
            var (challenge, model, id, quality) = outputs[(i * 2 + file * 3) % outputs.Count];
            var scores = new string[3];
            for (var s = 0; s < scores.Length; s++)
                scores[s] = Score(quality + random.NextDouble() * 3 - 1.5, s == 2 ? 0.5 : 1);
            var (status, notes, chance) = ("graded", "", random.NextDouble());
            if (chance < 0.06)
                id = $"00000000000{(int)(random.NextDouble() * 3)}";
            else if (chance < 0.09)
                challenge = "gone";
            else if (chance < 0.13)
                (scores, status, notes) = (["", "", ""], "skipped", "why not");
            else if (chance < 0.2)
                scores[(int)(random.NextDouble() * 3)] = "";
            else if (chance < 0.25)
                (status, notes) = (
                    "flagged",
                    new[] { "hm", "\"a, b\"", "'=x", "é ok", "\"two\nlines\"" }[(int)(random.NextDouble() * 5)]
                );
            var minute = (int)(random.NextDouble() * 60);
            var seconds = new[] { "", "30", "7" }[(int)(random.NextDouble() * 3)];
            yield return $"{challenge},{model},{id},{string.Join(',', scores)},{status},{notes},2026-01-1{(int)(random.NextDouble() * 3)}T09:{minute:00}:00Z,{seconds}\n";
        }
    }

    private static string Score(double value, double step) =>
        (Math.Clamp(Math.Round(value / step), 0, 5 / step) * step).ToString(CultureInfo.InvariantCulture);
}
