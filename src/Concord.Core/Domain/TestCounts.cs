using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Core.Domain;

/// <summary>What a test runner printed of its tests.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Total">Tests that ran; skipped ones are none.</param>
/// <param name="Failed">Names of failed tests, as far as they are told: the first few, in order.</param>
public sealed partial record TestCounts(int Passed, int Total, IReadOnlyList<string> Failed)
{
    private const int MostNames = 3;
    private const int LongestName = 60;
    private const int LongestLine = 1000;

    /// <summary>
    /// Reads the totals of <c>node --test</c> (<c># pass 3</c>), TAP (<c>ok 1</c>), Python's unittest (<c>Ran 3 tests</c>) or
    /// pytest (<c>2 passed, 1 failed</c>).
    /// </summary>
    /// <param name="output">All that was printed.</param>
    /// <returns>The counts; null where nothing of the kind was printed.</returns>
    public static TestCounts? In(string output)
    {
        var (totals, points, failed) = (
            new Dictionary<string, int>(StringComparer.Ordinal),
            (Passed: 0, Total: 0),
            new List<string>()
        );
        (int Passed, int Total)? python = null;
        foreach (var range in output.AsSpan().Split('\n'))
        {
            var span = output.AsSpan()[range].TrimEnd();
            if (span.Length is 0 or > LongestLine)
                continue;
            var line = span.ToString();
            if (NodeTotal().Match(line) is { Success: true } total)
                totals[total.Groups[1].Value] = Number(total.Groups[2]);
            else if (TapPoint().Match(line) is { Success: true } point)
            {
                if (point.Groups["skip"].Success)
                    continue;
                var passed = !point.Groups["not"].Success;
                points = (points.Passed + (passed ? 1 : 0), points.Total + 1);
                if (!passed && failed.Count < MostNames)
                    failed.Add(Short(point.Groups["name"].Value));
            }
            else if (PythonRan().Match(line) is { Success: true } ran)
                python = (Number(ran.Groups[1]), Number(ran.Groups[1]));
            else if (python is { } counts && PythonFailed().IsMatch(line))
                python = counts with
                {
                    Passed = Math.Max(0, counts.Total - PythonBad().Matches(line).Sum(m => Number(m.Groups[1]))),
                };
            else if (Pytest().IsMatch(line))
            {
                var (good, bad) = (Sum(PytestGood(), line), Sum(PytestBad(), line));
                python = (good, good + bad);
            }
        }
        if (totals.TryGetValue("pass", out var pass) && totals.TryGetValue("fail", out var fail))
            return new(pass, pass + fail + totals.GetValueOrDefault("cancelled"), failed);
        return python is { } p ? new(p.Passed, p.Total, [])
            : points.Total > 0 ? new(points.Passed, points.Total, failed)
            : null;
    }

    private static int Sum(Regex numbers, string line) => numbers.Matches(line).Sum(m => Number(m.Groups[1]));

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Short(string name) => PlainText.Of(name.Length > LongestName ? name[..LongestName] + "…" : name);

    [GeneratedRegex(@"\A(?:#|ℹ) (tests|pass|fail|cancelled) ([0-9]{1,6})\z")]
    private static partial Regex NodeTotal();

    [GeneratedRegex(
        @"\A(?<not>not )?ok(?: [0-9]{1,6})?(?: -)?(?: (?<name>[^#]*?))?(?<skip> # (?:SKIP|TODO).*)?\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TapPoint();

    [GeneratedRegex(@"\ARan ([0-9]{1,6}) tests? in ")]
    private static partial Regex PythonRan();

    [GeneratedRegex(@"\AFAILED \(")]
    private static partial Regex PythonFailed();

    [GeneratedRegex(@"(?:failures|errors)=([0-9]{1,6})")]
    private static partial Regex PythonBad();

    [GeneratedRegex(@"\A(?:=+ )?(?:[0-9]+ [a-z]+,? )+in [0-9.]+s")]
    private static partial Regex Pytest();

    [GeneratedRegex("([0-9]{1,6}) passed")]
    private static partial Regex PytestGood();

    [GeneratedRegex("([0-9]{1,6}) (?:failed|errors?)")]
    private static partial Regex PytestBad();
}
