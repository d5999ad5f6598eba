using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>What reading a workspace gave.</summary>
/// <param name="Workspace">What could be read; null where there is no usable benchmark.yaml.</param>
/// <param name="Problems">Everything that is wrong, sorted.</param>
/// <param name="GradeFiles">How many grade files were parsed, and how many came from the cache.</param>
public sealed record WorkspaceReading(Workspace? Workspace, IReadOnlyList<Problem> Problems, GradeFileCounts GradeFiles)
{
    public IReadOnlyList<Problem> Errors => [.. Problems.Where(p => p.Severity == Severity.Error)];

    /// <summary>The workspace, where nothing in it is in error.</summary>
    /// <exception cref="ConcordException">Something is, and all of it is told.</exception>
    public Workspace OrThrow() => Errors is { Count: > 0 } errors ? throw new ConcordException(errors) : Workspace!;
}

/// <summary>Reads a whole workspace from a tree, strictly, with every problem reported at once.</summary>
public static class WorkspaceReader
{
    private static readonly string[] Places =
    [
        "benchmarks/challenges",
        "benchmarks/outputs",
        GradersYaml.Path,
        "grades",
        ConsensusFiles.Folder,
    ];

    /// <summary>Reads everything.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="cache">Where parsed grade files are kept; null keeps none.</param>
    public static WorkspaceReading Read(FileTree tree, GradeCache? cache = null)
    {
        var problems = new List<Problem>();
        problems.AddRange(Links(tree));
        var benchmark = Document(tree, WorkspaceFolder.BenchmarkFile, problems, BenchmarkYaml.Read, required: true);
        var graders = Document(tree, GradersYaml.Path, problems, GradersYaml.Read, required: false) ?? [];
        var challenges = ChallengeFolder.ReadAll(tree, problems);
        var outputs = OutputFolder.ReadAll(tree, problems);
        var sheets = new List<GradeSheet>();
        var files = benchmark is null
            ? default
            : GradeFolder.Read(tree, benchmark.Criteria, cache ?? GradeCache.None, sheets, problems);
        var workspace = benchmark is null
            ? null
            : new Workspace(
                benchmark,
                graders.ToDictionary(g => g.Id),
                challenges,
                outputs,
                [.. sheets.Where(s => !s.Adjudicated)]
            )
            {
                DecisionSheets = [.. sheets.Where(s => s.Adjudicated)],
            };
        return new(workspace, Problem.Sorted(problems), files);
    }

    /// <summary>Only the rubric and the rules, for what does not need the data, or must not fail with it.</summary>
    /// <exception cref="ConcordException">benchmark.yaml is missing or in error.</exception>
    public static Benchmark ReadBenchmark(FileTree tree)
    {
        var problems = new List<Problem>();
        var benchmark = Document(tree, WorkspaceFolder.BenchmarkFile, problems, BenchmarkYaml.Read, required: true);
        Problem[] errors = [.. problems.Where(p => p.Severity == Severity.Error)];
        return errors.Length > 0 ? throw new ConcordException(Problem.Sorted(errors)) : benchmark!;
    }

    /// <summary>Only the graders, as a commit lists them; none where the file is missing or in error.</summary>
    public static IReadOnlyDictionary<GraderId, Grader> ReadGraders(FileTree tree) =>
        (Document(tree, GradersYaml.Path, [], GradersYaml.Read, required: false) ?? []).ToDictionary(g => g.Id);

    /// <summary>The graders alone, where a list that cannot be read must not pass for one without them.</summary>
    /// <param name="tree">The workspace's files.</param>
    /// <exception cref="ConcordException">The list cannot be read.</exception>
    public static IReadOnlyDictionary<GraderId, Grader> ReadGradersOrThrow(FileTree tree)
    {
        var problems = new List<Problem>();
        var graders = Document(tree, GradersYaml.Path, problems, GradersYaml.Read, required: false) ?? [];
        return problems.Where(p => p.Severity == Severity.Error).ToArray() is { Length: > 0 } errors
            ? throw new ConcordException(errors)
            : graders.ToDictionary(g => g.Id);
    }

    // A link in the place of one of these would read as nothing at all.
    private static IEnumerable<Problem> Links(FileTree tree) =>
        Places
            .Where(tree.LeadsThroughLink)
            .Select(p => new Problem(
                Severity.Error,
                "link",
                p,
                null,
                null,
                "This is a link, which may lead out of the workspace, so nothing in it is read.",
                "Put the folder or file itself here."
            ));

    private static T? Document<T>(
        FileTree tree,
        string path,
        List<Problem> problems,
        Func<DocumentNode, ProblemList, T?> read,
        bool required
    )
        where T : class
    {
        var list = new ProblemList(path);
        T? result = null;
        if (tree.Read(path) is { } bytes)
        {
            if (YamlDocument.Parse(bytes, list) is { } root)
                result = read(root, list);
        }
        else if (required)
        {
            list.Error(
                "missing-file",
                null,
                null,
                $"The file is missing in {tree.Name}, or is a link.",
                "Every workspace has one: 'concord init DIR' shows how it looks."
            );
        }
        problems.AddRange(list.Problems);
        return result;
    }
}
