using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.History;

/// <summary>What a commit did to one grade.</summary>
public enum GradeChange
{
    Added,
    Changed,
    Removed,
}

/// <summary>One grade that one commit added, changed or removed.</summary>
public sealed record GradeEvent(GradeChange Change, Grade? Before, Grade? After)
{
    public OutputKey Key => (After ?? Before)!.Key;
}

/// <summary>What one commit did to one grade file.</summary>
/// <param name="Commit">The full commit id.</param>
/// <param name="Author">The author's name.</param>
/// <param name="Email">The author's address.</param>
/// <param name="When">When it was authored.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Grader">Whose file it is.</param>
/// <param name="Path">The file.</param>
/// <param name="Events">Its rows; empty where the file could not be read with today's rubric.</param>
/// <param name="Unreadable">Whether it could not.</param>
public sealed record GradeCommit(
    string Commit,
    string Author,
    string Email,
    DateTimeOffset When,
    string Subject,
    GraderId Grader,
    string Path,
    IReadOnlyList<GradeEvent> Events,
    bool Unreadable
);

/// <summary>Who graded what when, from git: the newest commit first.</summary>
public static class GradeHistory
{
    private const string Format = "--format=%x01%H%x02%aN%x02%aE%x02%aI%x02%s";
    private const string NoBlob = "0000000";

    public static async Task<IReadOnlyList<GradeCommit>> ReadAsync(
        GitRepository repository,
        string commit,
        IReadOnlyList<Criterion> rubric,
        CancellationToken cancellation
    )
    {
        var log = await repository.Git.RunAsync(
            ["log", Format, "--raw", "--no-abbrev", "--no-renames", commit, "--", $"{repository.Prefix}grades/"],
            cancellation
        );
        using var blobs = new BlobReader(repository.Git);
        var commits = new List<GradeCommit>();
        foreach (var entry in log.Split('\x01', StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = entry.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var header = lines[0].Split('\x02');
            foreach (var line in lines.Skip(1))
                if (Read(header, line, repository.Prefix, blobs, rubric) is { } change)
                    commits.Add(change);
        }
        return commits;
    }

    private static GradeCommit? Read(
        string[] header,
        string line,
        string prefix,
        BlobReader blobs,
        IReadOnlyList<Criterion> rubric
    )
    {
        var (fields, path) = (line.Split('\t')[0].Split(' '), line.Split('\t', 2)[1]);
        var name = path[(prefix.Length + "grades/".Length)..];
        if (!GradeSheet.TryParseName(name, out var grader, out var date, out _))
            return null;
        var unreadable = false;
        var (before, after) = (Rows(fields[2]), Rows(fields[3]));
        var events = unreadable ? [] : Compare(before, after);
        return new(
            header[0],
            header[1],
            header[2],
            DateTimeOffset.Parse(header[3], CultureInfo.InvariantCulture),
            header[4],
            grader,
            path[prefix.Length..],
            events,
            unreadable
        );

        IReadOnlyList<Grade> Rows(string blob)
        {
            if (blob.StartsWith(NoBlob, StringComparison.Ordinal) || blobs.Read(blob) is not { } bytes)
                return [];
            var problems = new ProblemList(name);
            var sheet = GradeCsv.Read(bytes, grader, date, rubric, problems);
            unreadable |= problems.HasErrors;
            return sheet.Grades;
        }
    }

    private static GradeEvent[] Compare(IReadOnlyList<Grade> before, IReadOnlyList<Grade> after)
    {
        var old = before.ToDictionary(g => (g.Key, g.Output));
        var now = after.ToDictionary(g => (g.Key, g.Output));
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .OrderBy(k => k.Key)
                .ThenBy(k => k.Output)
                .Select(k =>
                    (old.GetValueOrDefault(k), now.GetValueOrDefault(k)) switch
                    {
                        (null, var added) => new GradeEvent(GradeChange.Added, null, added),
                        (var removed, null) => new GradeEvent(GradeChange.Removed, removed, null),
                        var (a, b) when a != b => new GradeEvent(GradeChange.Changed, a, b),
                        _ => null,
                    }
                )
                .OfType<GradeEvent>(),
        ];
    }
}
