using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Concord.Core.Statistics;

namespace Concord.Tests.Statistics;

/// <summary>One folder of <c>Cases</c>: its data and what others computed from it.</summary>
internal sealed partial record ReferenceCase(string Name, string[][] Rows, IReadOnlyList<ReferenceCase.Expectation> Expectations)
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Statistics", "Cases");

    public static IEnumerable<ReferenceCase> All =>
        Directory.GetDirectories(Folder).Order(StringComparer.Ordinal).Select(folder => Read(Path.GetFileName(folder)));

    public static ReferenceCase Read(string name)
    {
        var data = Path.Combine(Folder, name, "data.csv");
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name, "expected.json")));
        return new(
            name,
            File.Exists(data) ? [.. File.ReadAllLines(data).Where(line => line.Length > 0).Select(Fields)] : [],
            [.. expected.RootElement.GetProperty("expected").EnumerateArray().Select(e => Expectation.Of(e.Clone()))]
        );
    }

    public bool IsRatings => Rows.Length > 0 && Rows[0] is ["item", "rater", ..] && Name != "dawid-skene-1979";

    public Ratings Ratings()
    {
        var builder = new RatingsBuilder();
        foreach (var row in Rows.Skip(1))
            Assert.True(builder.TryAdd(row[0], row[1], row[2]));
        return builder.Build();
    }

    /// <summary>The grades of each item, items in the order of the file.</summary>
    public double[][] GradesByItem() => ByItem(2);

    public double[][] WeightsByItem() => ByItem(3);

    public double[] Column(int column) => [.. Rows.Skip(1).Select(row => Number(row[column]))];

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private double[][] ByItem(int column) =>
        [.. Rows.Skip(1).GroupBy(row => row[0]).Select(item => item.Select(row => Number(row[column])).ToArray())];

    private static string[] Fields(string line) => [.. Field().Matches(line).Select(m => m.Groups[1].Value + m.Groups[2].Value)];

    [GeneratedRegex("(?:^|,)(?:\"([^\"]*)\"|([^,]*))")]
    private static partial Regex Field();

    /// <summary>One value of a reference file, with the tools that gave it.</summary>
    internal sealed record Expectation(string Id, JsonElement Value, double? Tolerance, JsonElement[] Sources)
    {
        public static Expectation Of(JsonElement e) =>
            new(
                e.GetProperty("id").GetString()!,
                e.GetProperty("value"),
                e.TryGetProperty("tol", out var tolerance) && tolerance.ValueKind == JsonValueKind.Number
                    ? tolerance.GetDouble()
                    : null,
                e.TryGetProperty("sources", out var sources) ? [.. sources.EnumerateArray()] : []
            );
    }
}
