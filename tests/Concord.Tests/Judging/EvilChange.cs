using Concord.Tests.Support;

namespace Concord.Tests.Judging;

/// <summary>What a grader must not propose, one thing at a time.</summary>
internal static class EvilChange
{
    private const int HundredMegabytes = 100 * 1024 * 1024;
    private const string Consensus = "consensus/models.csv";

    public static readonly List<string> All = ["foreign", "consensus", "scores", "workflow", "huge", "link"];

    /// <summary>Puts the consensus on the base, so that there is one to edit.</summary>
    public static async Task PublishAsync(JudgedRepository repository)
    {
        repository.Files.Git("checkout", "-q", "main");
        await CommandLine.RunAsync(repository.Files.Path, "consensus", "--write");
        repository.Files.Commit("consensus");
        repository.Files.Git("checkout", "-q", "-B", "topic");
    }

    /// <summary>Makes the change in the work tree.</summary>
    public static void Make(JudgedRepository repository, string evil)
    {
        var (files, path) = (repository.Files, Path(evil));
        switch (evil)
        {
            case "foreign":
                files.Write(path, JudgedRepository.Grades("0,0", "5,5", "0,0"));
                break;
            case "consensus":
                files.Write(path, files.Read(path).Replace("lab/one", "lab/two", StringComparison.Ordinal));
                break;
            case "scores":
                files.Write(path, JudgedRepository.Grades("4,4", "99,3", "4,4", challenges: 1));
                break;
            case "workflow":
                files.Write(path, "on: pull_request_target\n");
                break;
            case "huge":
                // Zeros: git keeps them in a hundred kilobytes.
                files.Write(path, new byte[HundredMegabytes]);
                break;
            default:
                File.CreateSymbolicLink(files[path], "/etc/passwd");
                break;
        }
    }

    public static string Path(string evil) =>
        evil switch
        {
            "foreign" => "grades/ben-2026-11-02.csv",
            "consensus" => Consensus,
            "scores" => "grades/cleo-2026-11-03.csv",
            "workflow" => ".github/workflows/check.yml",
            "huge" => "grades/cleo-2026-11-04.csv",
            _ => "grades/cleo-2026-11-05.csv",
        };

    /// <summary>Why it is refused.</summary>
    public static string Rule(string evil) =>
        evil switch
        {
            "foreign" => "foreign-file",
            "consensus" => "consensus-edited",
            "scores" => "score-range",
            "workflow" => "protected-file",
            "huge" => "too-large",
            _ => "link",
        };
}
