using System.Globalization;
using System.Text.Json;
using Concord.Core.Statistics;

namespace Concord.Tests.Statistics;

/// <summary>Figures in a row, null where undefined: the form in which ours and theirs are compared.</summary>
internal static class Figures
{
    public static List<double?> Of(params IEnumerable<double?> values) => [.. values];

    public static List<double?> OfIntervals(IEnumerable<ConfidenceInterval?> intervals) =>
        [.. intervals.SelectMany(i => i is { } interval ? Of(interval.Low, interval.High) : Of([null]))];

    /// <summary>Numbers and nulls of nested arrays and objects in order; null when there is a text that is not a number among them.</summary>
    public static List<double?>? Read(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => [value.GetDouble()],
            JsonValueKind.Null => [null],
            JsonValueKind.String => double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? [number]
                : null,
            JsonValueKind.Array => value.EnumerateArray().Select(Read).ToList() is var parts && parts.All(p => p is not null)
                ? [.. parts.SelectMany(p => p!)]
                : null,
            JsonValueKind.Object => value.EnumerateObject().Select(p => Read(p.Value)).ToList() is var parts
            && parts.All(p => p is not null)
                ? [.. parts.SelectMany(p => p!)]
                : null,
            _ => null,
        };

    public static bool Match(IReadOnlyList<double?>? a, IReadOnlyList<double?>? b, double tolerance) =>
        a is not null
        && b is not null
        && a.Count == b.Count
        && a.Zip(b).All(p => p.First is { } x ? p.Second is { } y && Math.Abs(x - y) <= tolerance : p.Second is null);

    public static string Show(IReadOnlyList<double?>? figures) =>
        figures is null
            ? "text"
            : string.Join(" ", figures.Take(3).Select(f => f?.ToString("0.######", CultureInfo.InvariantCulture) ?? "–"))
                + (figures.Count > 3 ? $" … ({figures.Count})" : "");
}
