using System.Collections.Concurrent;
using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>The latest grade that one grader gave each output's current form, wherever it is kept.</summary>
internal sealed class OwnGrades(IReadOnlyDictionary<OutputKey, OutputId> outputs)
{
    private readonly ConcurrentDictionary<OutputKey, (SavedGrade Saved, string File)> _latest = new();

    private int _changes;

    /// <summary>How often another grade became an output's latest.</summary>
    public int Changes => _changes;

    public SavedGrade? this[OutputKey key] => _latest.TryGetValue(key, out var latest) ? latest.Saved : null;

    /// <summary>Takes a grade into account: the later wins, then the later file's; of the same one what is committed.</summary>
    public void Add(Grade grade, string file, string? commit, string? pending)
    {
        if (!outputs.TryGetValue(grade.Key, out var output) || output != grade.Output)
            return;
        var before = this[grade.Key]?.Grade;
        _latest.AddOrUpdate(
            grade.Key,
            _ => (SavedGrade.Of(grade, commit, pending), file),
            (_, known) =>
                Wins(grade, file, commit, known.Saved, known.File) ? (SavedGrade.Of(grade, commit, pending), file) : known
        );
        if (this[grade.Key]!.Grade != before)
            Interlocked.Increment(ref _changes);
    }

    private static bool Wins(Grade grade, string file, string? commit, SavedGrade known, string knownFile)
    {
        if (grade.GradedAt != known.Grade.GradedAt)
            return grade.GradedAt > known.Grade.GradedAt;
        if (grade.Equals(known.Grade))
            return commit is not null || known.Commit is null;
        return string.CompareOrdinal(file, knownFile) >= 0;
    }
}
