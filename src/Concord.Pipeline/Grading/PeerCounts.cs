using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>How many people, without the present grader, have fully scored each output's current form. Counts, and nothing else of what they said.</summary>
internal static class PeerCounts
{
    public static IReadOnlyDictionary<OutputKey, int> Of(
        IReadOnlyList<CommittedGrades> files,
        Workspace workspace,
        GraderId without
    )
    {
        Output[] outputs = [.. workspace.Outputs.Where(o => o.Id is not null)];
        var places = outputs.Select((o, i) => (o, i)).ToDictionary(o => new GradedOutput(o.o.Key, o.o.Id!.Value), o => o.i);
        var tables = new Dictionary<GradedOutputs, int[]>(ReferenceEqualityComparer.Instance);
        var latest = new Dictionary<(GraderId, int), (long At, string File, bool Full)>();
        foreach (var file in files.Where(f => f.Grader != without && workspace.Grader(f.Grader).Counts))
        {
            var grades = file.Grades;
            if (!tables.TryGetValue(grades.Outputs, out var placeOf))
                tables[grades.Outputs] = placeOf = [
                    .. Enumerable
                        .Range(0, grades.Outputs.Count)
                        .Select(i => places.TryGetValue(grades.Outputs[i], out var place) ? place : -1),
                ];
            for (var row = 0; row < grades.Count; row++)
            {
                // A skip does not erase an earlier grade.
                if (placeOf[grades.OutputOf[row]] is not (>= 0 and var place) || grades.Status[row] == GradeStatus.Skipped)
                    continue;
                var full =
                    grades.Status[row] is GradeStatus.Graded or GradeStatus.Flagged
                    && !grades.Scored.Slice(row * grades.Criteria, grades.Criteria).Contains(false);
                var (at, key) = (grades.GradedAt[row], (file.Grader, place));
                if (
                    !latest.TryGetValue(key, out var known)
                    || at > known.At
                    || (at == known.At && string.CompareOrdinal(file.FileName, known.File) > 0)
                )
                    latest[key] = (at, file.FileName, full);
            }
        }
        var counts = new int[outputs.Length];
        foreach (var ((_, place), vote) in latest)
            counts[place] += vote.Full ? 1 : 0;
        return outputs.Select((o, i) => (o.Key, counts[i])).ToDictionary(o => o.Key, o => o.Item2);
    }
}
