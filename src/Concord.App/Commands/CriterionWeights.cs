using Concord.Core.Domain;
using Concord.Core.Statistics;

namespace Concord.App.Commands;

/// <summary>Reads <c>functionality=1,aesthetics=2</c>.</summary>
internal static class CriterionWeights
{
    public static Benchmark Apply(Benchmark benchmark, string list)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        string[] known = [.. benchmark.Criteria.Select(c => c.Id.Value)];
        foreach (var entry in list.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = entry.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !NumberText.TryParse(parts[1], out var weight) || weight < 0)
                throw new ConcordException(
                    "wrong-weights",
                    $"'{entry}' is not a criterion and its weight.",
                    "Write criterion=number, separated by commas."
                );
            if (!known.Contains(parts[0]))
                throw new ConcordException(
                    "wrong-weights",
                    $"The rubric has no criterion '{parts[0]}'.",
                    Nearest.Hint(parts[0], known)
                );
            if (weight > 0 && benchmark.Criteria.Single(c => c.Id.Value == parts[0]).Scale.Level == MeasurementLevel.Nominal)
                throw new ConcordException(
                    "wrong-weights",
                    $"'{parts[0]}' is nominal: names cannot be averaged.",
                    "Leave it out."
                );
            if (!weights.TryAdd(parts[0], weight))
                throw new ConcordException("wrong-weights", $"'{parts[0]}' has two weights.", "Give one.");
        }
        if (!weights.Values.Any(w => w > 0))
            throw new ConcordException("wrong-weights", "Every weight is 0.", "Give one criterion a weight above 0.");
        // A criterion that is not named has no weight: the list is the whole weighting.
        return benchmark with
        {
            Criteria = [.. benchmark.Criteria.Select(c => c with { Weight = weights.GetValueOrDefault(c.Id.Value) })],
        };
    }
}
