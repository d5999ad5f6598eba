using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>How the grade files of a workspace were read.</summary>
/// <param name="Parsed">Files whose bytes were parsed.</param>
/// <param name="Cached">Files that were taken from the cache.</param>
public readonly record struct GradeFileCounts(int Parsed, int Cached);

/// <summary>Reads <c>grades/</c>: each content once, and several at a time.</summary>
internal sealed class GradeFolder(FileTree tree, IReadOnlyList<Criterion> rubric, GradeCache cache)
{
    private readonly Lock _oneAtATime = new();
    private readonly bool _isCached = cache.IsOpen;

    public static GradeFileCounts Read(
        FileTree tree,
        IReadOnlyList<Criterion> rubric,
        GradeCache cache,
        List<GradeSheet> sheets,
        List<Problem> problems
    )
    {
        var files = Files(tree, problems).ToArray();
        var pack = cache.Open(rubric);
        new GradeFolder(tree, rubric, cache).ReadAll(files, pack);
        foreach (var file in files)
        {
            if (file.Failure is not null)
                throw file.Failure;
            if (file.Grades is not null)
                sheets.Add(new(file.Grader, file.Date, file.Grades) { Adjudicated = file.Adjudicated });
            problems.AddRange(file.Problems.Problems);
        }
        cache.Save(
            pack,
            [
                .. files
                    .Where(f => !f.Adjudicated && f.Blob is not null && f.Grades is not null && f.Problems.Problems.Count == 0)
                    .Select(f => new GradePack.Entry(f.Blob!, f.Grades!, f.Cached)),
            ]
        );
        return new(files.Count(f => f.Grades is not null && !f.Cached), files.Count(f => f.Cached));
    }

    private void ReadAll(GradeFile[] files, GradePack pack)
    {
        var next = -1;
        Parallel.For(
            0,
            Math.Clamp(files.Length / 8, 1, Environment.ProcessorCount),
            _ =>
            {
                var plain = new PlainGrades(rubric);
                for (int i; (i = Interlocked.Increment(ref next)) < files.Length; )
                    Read(files[i], pack, plain);
            }
        );
    }

    private void Read(GradeFile file, GradePack pack, PlainGrades plain)
    {
        try
        {
            if (file.Adjudicated)
            {
                // The cache knows contents and not names, and the same row means something else here. These files are few and small.
                if (OneAtATime(() => tree.Read(file.Path)) is { } decisions)
                    file.Grades = GradeCsv
                        .Read(decisions, file.Grader, file.Date, rubric, file.Problems, adjudicated: true)
                        .Grades;
                return;
            }
            file.Blob = _isCached ? OneAtATime(() => tree.BlobId(file.Path)) : null;
            if (file.Blob is not null && Find(file, pack))
                return;
            if (OneAtATime(() => tree.Read(file.Path)) is not { } bytes)
                return;
            // Git does not look whether an object is what its name says, and the cache would keep the mistake for good.
            if (file.Blob is not null && !BlobId.IsOf(file.Blob, bytes))
                file.Blob = null;
            else if (file.Blob is null && _isCached)
            {
                file.Blob = BlobId.Of(bytes);
                if (Find(file, pack))
                    return;
            }
            file.Grades = GradeCsv.Read(bytes, file.Grader, file.Date, rubric, file.Problems, plain).Grades;
            // Made here, where several files are at work at a time.
            _ = file.Grades.Digest;
        }
        catch (ConcordException e)
        {
            file.Failure = e;
        }
    }

    private static bool Find(GradeFile file, GradePack pack)
    {
        file.Grades = pack.Find(file.Blob!);
        return file.Cached = file.Grades is not null;
    }

    private T OneAtATime<T>(Func<T> read)
    {
        if (tree.IsConcurrent)
            return read();
        lock (_oneAtATime)
            return read();
    }

    private static IEnumerable<GradeFile> Files(FileTree tree, List<Problem> problems)
    {
        foreach (var entry in tree.List("grades"))
        {
            var name = entry.Path["grades/".Length..];
            if (name is "README.md" or ".gitkeep" || name.StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal))
                continue;
            var list = new ProblemList(entry.Path);
            if (FolderRules.IsFile(entry, list))
            {
                if (name.Contains('/', StringComparison.Ordinal))
                    list.Error(
                        "unexpected-file",
                        null,
                        null,
                        "Grade files lie directly in grades/.",
                        "Move the file up, or remove it."
                    );
                else if (!GradeSheet.TryParseName(name, out var grader, out var date, out var adjudicated, out var mistake))
                    list.Error(
                        "wrong-file-name",
                        null,
                        null,
                        mistake!,
                        adjudicated
                            ? "Name it grades/<lead>-<yyyy-MM-dd>.adjudicated.csv."
                            : "Name it grades/<grader>-<yyyy-MM-dd>.csv."
                    );
                else
                {
                    yield return new(entry.Path, grader, date, adjudicated, list);
                    continue;
                }
            }
            problems.AddRange(list.Problems);
        }
    }

    private sealed class GradeFile(string path, GraderId grader, DateOnly date, bool adjudicated, ProblemList problems)
    {
        public string Path => path;

        public GraderId Grader => grader;

        public DateOnly Date => date;

        public bool Adjudicated => adjudicated;

        public ProblemList Problems => problems;

        public string? Blob { get; set; }

        public GradeTable? Grades { get; set; }

        public bool Cached { get; set; }

        public ConcordException? Failure { get; set; }
    }
}
