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
)
{
    /// <summary>Whether it is a file of a lead's decisions.</summary>
    public bool Adjudicated { get; init; }
}

/// <summary>Who graded what when, from git: the newest commit first.</summary>
public static class GradeHistory
{
    private const string Format = "--format=%H%x00%aN%x00%aE%x00%at%x00%s";
    private const int HeaderParts = 5;
    private const string NoBlob = "0000000";

    public static async Task<IReadOnlyList<GradeCommit>> ReadAsync(
        GitRepository repository,
        string commit,
        IReadOnlyList<Criterion> rubric,
        CancellationToken cancellation
    )
    {
        // A merge shows what differs from all its parents (-c): a conflict's resolution, but not what either side brought.
        var log = await repository.Git.RunAsync(
            [
                "log",
                Format,
                "-z",
                "-c",
                "--raw",
                "--no-abbrev",
                "--no-renames",
                "--root",
                commit,
                "--",
                $"{repository.Prefix}grades/",
            ],
            cancellation
        );
        using var blobs = new BlobReader(repository.Git);
        var commits = new List<GradeCommit>();
        var parts = log.Split('\0');
        for (var i = 0; i + HeaderParts <= parts.Length; )
        {
            // Nothing but the parts' number tells a header from a change, and only changes begin with a colon: ids never do.
            var header = parts[i..(i + HeaderParts)];
            for (i += HeaderParts; i + 1 < parts.Length && (parts[i].TrimStart('\n').StartsWith(':') || parts[i].Length == 0); )
            {
                if (parts[i].Length == 0)
                {
                    i++;
                    continue;
                }
                if (Read(header, parts[i].TrimStart('\n'), parts[i + 1], repository.Prefix, blobs, rubric) is { } change)
                    commits.Add(change);
                i += 2;
            }
        }
        return commits;
    }

    private static GradeCommit? Read(
        string[] header,
        string change,
        string path,
        string prefix,
        BlobReader blobs,
        IReadOnlyList<Criterion> rubric
    )
    {
        // One colon, two modes and two ids; a merge of n parents has n colons, n + 1 modes and n + 1 ids.
        var parents = change.Length - change.TrimStart(':').Length;
        var fields = change[parents..].Split(' ');
        var (old, now) = (fields[parents + 1], fields[(2 * parents) + 1]);
        var name = path[(prefix.Length + "grades/".Length)..];
        if (!GradeSheet.TryParseName(name, out var grader, out var date, out var adjudicated, out _))
            return null;
        var unreadable = false;
        var (before, after) = (Rows(old), Rows(now));
        var events = unreadable ? [] : Compare(before, after);
        return new(header[0], header[1], header[2], When(header[3]), header[4], grader, path[prefix.Length..], events, unreadable)
        {
            Adjudicated = adjudicated,
        };

        IReadOnlyList<Grade> Rows(string blob)
        {
            if (blob.StartsWith(NoBlob, StringComparison.Ordinal) || blobs.Read(blob) is not { } bytes)
                return [];
            var problems = new ProblemList(name);
            var sheet = GradeCsv.Read(bytes, grader, date, rubric, problems, adjudicated: adjudicated);
            unreadable |= problems.HasErrors;
            return sheet.Grades;
        }
    }

    // Git stores any number as a date.
    private static DateTimeOffset When(string seconds) =>
        long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
        && number <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(number)
            : DateTimeOffset.UnixEpoch;

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
