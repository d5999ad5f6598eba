using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Git;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Grading;

/// <summary>A grade file as a branch has it.</summary>
/// <param name="Ref">The branch; the first of those that have it.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Grader">Whose it is.</param>
/// <param name="Grades">Its rows.</param>
internal sealed record CommittedGrades(GradingRef Ref, string FileName, GraderId Grader, GradeTable Grades)
{
    /// <summary>Reads each content once. A file that cannot be read counts for nothing here; <c>concord check</c> tells of it.</summary>
    public static IReadOnlyList<CommittedGrades> Read(
        GitRepository repository,
        GradingRefs refs,
        BlobReader blobs,
        GradingMode mode,
        IReadOnlyList<Criterion> rubric
    )
    {
        var cache = new GradeCache(repository.CommonFolder);
        var pack = cache.Open(rubric);
        var (seen, files, entries) = (new HashSet<(string, string)>(), new List<CommittedGrades>(), new List<GradePack.Entry>());
        foreach (var at in refs.All)
        foreach (var (name, blob) in GradingRefs.Files(at, repository, blobs))
        {
            if (
                !GradeFile.TryParseName(name, mode, out var grader, out var date)
                || !(at == refs.Default || IsBranchOf(at, grader))
                || !seen.Add((name, blob))
            )
                continue;
            var problems = new ProblemList($"grades/{name}");
            var kept = pack.Find(blob);
            var grades =
                kept
                ?? (blobs.Read(blob) is { } bytes ? GradeFile.Read(bytes, grader, date, mode, rubric, problems).Grades : null);
            if (grades is null || problems.HasErrors)
                continue;
            files.Add(new(at, name, grader, grades));
            if (problems.Problems.Count == 0)
                entries.Add(new(blob, grades, kept is not null));
        }
        if (mode != GradingMode.Adjudicate)
            cache.Save(pack, entries);
        return files;
    }

    // Whoever may push a branch may write any name into it; what is not merged counts on its own grader's branch alone.
    private static bool IsBranchOf(GradingRef at, GraderId grader) =>
        SessionId.TryParse(at.Name[(at.Name.LastIndexOf('/') + 1)..], grader, out _, out _);
}
