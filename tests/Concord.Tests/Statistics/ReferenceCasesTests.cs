using System.Security.Cryptography;
using System.Text.Json;

namespace Concord.Tests.Statistics;

public class ReferenceCasesTests(ITestOutputHelper output)
{
    // Raise them with every kernel; they never fall.
    private const int Covered = 439;
    private const int KnownWrong = 15;

    [Fact]
    public void Every_covered_statistic_is_within_tolerance_of_the_reference_value()
    {
        var (covered, wrong) = (0, new List<string>());
        var uncovered = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Print("case", "statistic", "expected", "ours", "tools that agree");
        foreach (var reference in ReferenceCase.All)
        {
            var statistics = CoveredStatistics.Of(reference);
            foreach (var expectation in reference.Expectations.Where(e => !IsKnownWrong(e)))
            {
                if (!statistics.TryGetValue(expectation.Id, out var compute))
                {
                    var family = expectation.Id.Split('.', '[')[0];
                    uncovered[family] = uncovered.GetValueOrDefault(family) + 1;
                    continue;
                }
                covered++;
                var ours = compute();
                var expected = CoveredStatistics.Expected(reference, expectation);
                var agree = expectation
                    .Sources.Where(s =>
                        Figures.Match(
                            s.TryGetProperty("value", out var value)
                                ? CoveredStatistics.Expected(reference, expectation with { Value = value })
                                : null,
                            ours,
                            expectation.Tolerance!.Value
                        )
                    )
                    .Select(s => s.GetProperty("tool").GetString());
                Print(reference.Name, expectation.Id, Figures.Show(expected), Figures.Show(ours), string.Join("; ", agree));
                if (!Figures.Match(expected, ours, expectation.Tolerance!.Value))
                    wrong.Add($"{reference.Name} {expectation.Id}: {Figures.Show(ours)} instead of {Figures.Show(expected)}");
            }
        }
        output.WriteLine($"{covered} covered; not yet: {string.Join(", ", uncovered.Select(u => $"{u.Key} {u.Value}"))}");
        Assert.Empty(wrong);
        Assert.Equal(Covered, covered);
    }

    [Fact]
    public void Known_defects_of_other_tools_are_not_matched()
    {
        var seen = 0;
        foreach (var reference in ReferenceCase.All)
        {
            var statistics = CoveredStatistics.Of(reference);
            foreach (var expectation in reference.Expectations.Where(IsKnownWrong))
            {
                var ours = statistics[expectation.Id["known_wrong.".Length..]]();
                Assert.False(Figures.Match(Figures.Read(expectation.Value), ours, 1e-4), $"{reference.Name} {expectation.Id}");
                seen++;
            }
        }
        Assert.Equal(KnownWrong, seen);
    }

    [Fact]
    public void The_data_are_those_the_reference_values_were_computed_from()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceCase.Folder, "manifest.json")));
        foreach (var entry in manifest.RootElement.GetProperty("cases").EnumerateArray())
        {
            var name = entry.GetProperty("case").GetString()!;
            Assert.Equal(entry.GetProperty("stats").GetInt32(), ReferenceCase.Read(name).Expectations.Count);
            foreach (var data in entry.GetProperty("data").EnumerateArray())
            {
                var bytes = File.ReadAllBytes(Path.Combine(ReferenceCase.Folder, name, data.GetProperty("file").GetString()!));
                Assert.Equal(data.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }
        }
    }

    private static bool IsKnownWrong(ReferenceCase.Expectation expectation) =>
        expectation.Id.StartsWith("known_wrong.", StringComparison.Ordinal);

    private void Print(string name, string statistic, string expected, string ours, string tools) =>
        output.WriteLine($"{name, -26} {statistic, -44} {expected, -34} {ours, -34} {tools}");
}
