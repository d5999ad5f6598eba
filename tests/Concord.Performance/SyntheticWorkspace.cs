using System.Diagnostics;
using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Tests.Statistics;

namespace Concord.Performance;

/// <summary>A workspace as large as one gets: 200 graders grade the 5,000 outputs of 100 models for 50 challenges, in ten sessions each:
/// 2,000 grade files with 1,000,000 grades, in one commit. The same bytes every time.</summary>
internal static class SyntheticWorkspace
{
    private const int Graders = 200;
    private const int Models = 100;
    private const int Challenges = 50;
    private const int Sessions = 10;

    private static readonly DateTime FirstDay = new(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes and commits the workspace.</summary>
    /// <param name="folder">A new or empty folder.</param>
    public static void Write(string folder)
    {
        WriteText(folder, "benchmarks/benchmark.yaml", Benchmark());
        WriteText(
            folder,
            "benchmarks/graders.yaml",
            string.Concat(
                Numbers(Graders).Select(g => $"- {{id: {Grader(g)}, name: Grader {g}, emails: [{Grader(g)}@concord.example]}}\n")
            )
        );
        foreach (var challenge in Numbers(Challenges))
        {
            WriteText(folder, $"benchmarks/challenges/{Challenge(challenge)}/challenge.yaml", $"title: Challenge {challenge}\n");
            WriteText(folder, $"benchmarks/challenges/{Challenge(challenge)}/prompt.md", $"Draw chart number {challenge}.\n");
        }
        foreach (var output in Numbers(Challenges * Models))
        {
            var at = $"benchmarks/outputs/{Challenge(output / Models)}/{Model(output % Models)}";
            WriteText(folder, $"{at}/files/index.html", Page(output));
            WriteText(folder, $"{at}/output.json", "{\"schema\": 1, \"status\": \"ok\"}\n");
        }
        string[] ids =
        [
            .. Numbers(Challenges * Models)
                .Select(o => Fingerprint.Of([("index.html", Fingerprint.Sha256(Encoding.UTF8.GetBytes(Page(o))))])),
        ];
        var grades = new SyntheticRatings(ids.Length, Raters: Graders);
        Parallel.ForEach(
            from grader in Numbers(Graders)
            from session in Numbers(Sessions)
            select (grader, session),
            file =>
            {
                var day = FirstDay.AddDays(7 * file.session + file.grader % 5);
                WriteText(
                    folder,
                    string.Create(CultureInfo.InvariantCulture, $"grades/{Grader(file.grader)}-{day:yyyy-MM-dd}.csv"),
                    GradeFile(grades, ids, file.grader, file.session, day)
                );
            }
        );
        Git(folder, "init", "-q", "-b", "main");
        Git(folder, "add", "-A");
        Git(folder, "commit", "-q", "-m", "A million grades");
    }

    private static string GradeFile(SyntheticRatings grades, string[] ids, int grader, int session, DateTime day)
    {
        var rows = new StringBuilder("challenge,model,output,quality,status,notes,graded_at,seconds\n");
        var perSession = ids.Length / Sessions;
        for (var i = 0; i < perSession; i++)
        {
            var output = session * perSession + i;
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{Challenge(output / Models)},{Model(output % Models)},{ids[output]},{grades.GradeOf(output, grader)},graded,,{day.AddSeconds(30 * i):yyyy-MM-ddTHH:mm:ssZ},{10 + (output + grader) % 20}\n"
            );
        }
        return rows.ToString();
    }

    private static string Benchmark() =>
        $$"""
            schema: 1
            name: synthetic
            title: A million synthetic grades
            criteria:
              - id: quality
                scale: {min: 0, max: 5, step: 1, level: ordinal}
            models:
            {{string.Join('\n', Numbers(Models).Select(m => $"  - {{id: {Model(m)}}}"))}}

            """.ReplaceLineEndings("\n");

    private static string Page(int output) => $"<p>Output {output}</p>\n";

    private static string Grader(int number) => string.Create(CultureInfo.InvariantCulture, $"g{number:D3}");

    private static string Challenge(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number:D2}");

    private static string Model(int number) => string.Create(CultureInfo.InvariantCulture, $"lab/m{number:D2}");

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);

    private static void WriteText(string folder, string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private static void Git(string folder, params string[] arguments)
    {
        const string name = "Concord benchmark";
        const string date = "2026-04-01T12:00:00Z";
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            Environment =
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_SYSTEM"] = "/dev/null",
                ["GIT_AUTHOR_NAME"] = name,
                ["GIT_AUTHOR_EMAIL"] = "benchmark@concord.example",
                ["GIT_AUTHOR_DATE"] = date,
                ["GIT_COMMITTER_NAME"] = name,
                ["GIT_COMMITTER_EMAIL"] = "benchmark@concord.example",
                ["GIT_COMMITTER_DATE"] = date,
            },
        };
        using var git = Process.Start(start)!;
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}.");
    }
}
