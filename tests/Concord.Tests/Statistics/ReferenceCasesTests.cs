using System.Security.Cryptography;
using System.Text.Json;

namespace Concord.Tests.Statistics;

public class ReferenceCasesTests(ITestOutputHelper output)
{
    private const int Covered = 439;
    private const int KnownWrong = 15;

    /// <summary>The values that Concord does not give, each with its reason: nothing else is left out.</summary>
    private static readonly SortedDictionary<string, string> NotGiven = new(StringComparer.Ordinal)
    {
        ["crowdkit-toy glad.alphas"] = UnfinishedGlad,
        ["crowdkit-toy glad.betas"] = UnfinishedGlad,
        ["crowdkit-toy p_yes.glad10"] = UnfinishedGlad,
        ["edge-cases fleiss.all_same_distribution"] =
            "The case does not say of which table. Of every table whose items have the same counts of n ratings the value is -1/(n - 1), which a test of Fleiss' kappa states.",
    };

    private const string UnfinishedGlad =
        "The tool ends each maximisation at a gradient of 0.01, before the optimum; a test of GLAD shows that ours lies higher.";

    [Fact]
    public void Every_statistic_is_within_tolerance_of_the_reference_value_or_is_left_out_for_a_reason()
    {
        var (covered, wrong) = (0, new List<string>());
        var left = new SortedSet<string>(StringComparer.Ordinal);
        Print("case", "statistic", "expected", "ours", "tools that agree");
        foreach (var reference in ReferenceCase.All)
        {
            var statistics = CoveredStatistics.Of(reference);
            foreach (var expectation in reference.Expectations.Where(e => !IsKnownWrong(e)))
            {
                if (!statistics.TryGetValue(expectation.Id, out var compute))
                {
                    left.Add($"{reference.Name} {expectation.Id}");
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
        output.WriteLine($"{covered} covered. Left out:");
        foreach (var (id, why) in NotGiven)
            output.WriteLine($"{id}: {why}");
        Assert.Empty(wrong);
        Assert.Equal(NotGiven.Keys, left);
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
