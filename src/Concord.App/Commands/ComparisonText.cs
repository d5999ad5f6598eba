using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Comparison;
using Concord.Core.Statistics.Comparison;

namespace Concord.App.Commands;

/// <summary>What <c>concord compare</c> prints: two models in full, several as a table of pairs.</summary>
internal static class ComparisonText
{
    public static void Print(Terminal terminal, ModelComparison comparison)
    {
        var models = comparison.Request.Models;
        var letters = models.Select((m, i) => (m, Letter(i))).ToDictionary(m => m.m, m => m.Item2, StringComparer.Ordinal);
        foreach (var model in models)
            terminal.Out.WriteLine($"{letters[model]}  {model}");
        if (comparison.Adjudicated > 0)
            terminal.Out.WriteLine(
                $"Leads decided scores of {Cells.Count(comparison.Adjudicated, "output")} of these models; 'by grade' is without their decisions."
            );
        if (models.Count > 2)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine("challenges, grades: the first of the pair higher/equal/lower");
        }
        foreach (var criterion in comparison.Criteria)
        {
            terminal.Out.WriteLine();
            var scale = $"scores {Cells.Number(criterion.Min)} to {Cells.Number(criterion.Max)}";
            if (criterion.UndefinedBecause is { } why)
                terminal.Out.WriteLine($"{criterion.Criterion}: undefined. {why}");
            else if (criterion.Pairs is [var only])
                PrintPair(terminal, criterion, only, scale, comparison.Request);
            else
                PrintPairs(terminal, criterion, letters, scale, comparison.Request);
            if (criterion.Strengths is { } fit && comparison.Request.Rivals.Count > 2)
            {
                terminal.Out.WriteLine();
                StrengthsText.Print(terminal, fit);
            }
        }
        foreach (var (a, b, passes) in comparison.Checks)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine(
                $"Automatic checks, {letters[a]} and {letters[b]}, by challenge and check: {Passes(passes, letters[a], letters[b])}"
            );
        }
    }

    /// <summary>Every paired statistic, or why it has none.</summary>
    public static void PrintStatistics(Terminal terminal, PairedAnalysis paired) =>
        terminal.Table(
            ["statistic", "value", "p", "95 % interval", ""],
            paired.All.Select(s =>
                (string[])
                    [
                        s.Name,
                        Cells.Number(s.Value),
                        s.P is null ? "" : P(s.P),
                        s.Interval is null ? "" : Cells.Interval(s.Interval),
                        s.UndefinedBecause is { } why
                            ? (s.Value is null ? $"undefined: {why}" : $"no interval: {why}")
                            : s.How ?? "",
                    ]
            ),
            1
        );

    private static void PrintPair(
        Terminal terminal,
        CriterionComparison criterion,
        ModelPair pair,
        string scale,
        ComparisonRequest request
    )
    {
        var paired = pair.Paired;
        var rows = new List<string[]>();
        void Row(string label, string? text)
        {
            if (text is not null)
                rows.Add([$"  {label}", text]);
        }
        if (pair.UndefinedBecause is { } why)
            Row("undefined", why);
        else
        {
            Row("mean", $"A {Cells.Number(paired.MeanA)}, B {Cells.Number(paired.MeanB)}");
            Row("A - B", Difference(pair));
            Row("bootstrap", Bootstrap(paired, request));
            Row("sign-flip test", Test(paired.SignFlip, paired.SignFlip.Method));
            Row(
                "paired t test",
                paired.StudentT.UndefinedBecause is { } noT
                    ? $"undefined: {noT}"
                    : $"p {P(paired.StudentT.P)}, t {Cells.Number(paired.StudentT.Statistic)} on {Cells.Number(paired.StudentT.DegreesOfFreedom)} degrees of freedom, {Cells.Interval(paired.StudentT.Interval)}"
            );
            Row("Wilcoxon", Wilcoxon(paired.Wilcoxon));
            Row(
                "effect size",
                $"dz {Cells.Number(paired.CohenDz.Value)}, rank-biserial {Cells.Number(paired.RankBiserial.Value)}, Cliff's delta {Cells.Number(paired.CliffDelta.Value)}"
            );
            Row("by challenge", Wins(pair.Challenges));
        }
        Row(
            "by grade",
            pair.Grades.Total == 0
                ? "nobody graded both on one challenge"
                : $"{Wins(pair.Grades)}{Chance(criterion, pair, request)}"
        );
        if (pair.Passes is { } passes && passes.Total > 0)
            Row($"pass from {Cells.Number(request.Pass)}", Passes(passes, "A", "B"));
        terminal.Table([criterion.Criterion, $"{Shared(paired.Pairs)}; {scale}"], rows);
        if (LeastP(paired.Pairs, alone: true) is { } least)
            terminal.Out.WriteLine(least);
    }

    private static void PrintPairs(
        Terminal terminal,
        CriterionComparison criterion,
        Dictionary<string, string> letters,
        string scale,
        ComparisonRequest request
    )
    {
        terminal.Out.WriteLine($"{criterion.Criterion}, {scale}");
        terminal.Table(
            [
                "pair",
                "n",
                "difference",
                "95 % interval",
                "p",
                request.Adjust == Adjustment.None ? "" : Names.Of(request.Adjust),
                "challenges",
                "grades",
            ],
            criterion.Pairs.Select(p =>
                (string[])
                    [
                        $"{letters[p.A]} - {letters[p.B]}",
                        Cells.Whole(p.Paired.Pairs),
                        Cells.Signed(p.Paired.Difference.Value),
                        Cells.Interval(p.Paired.Difference.Interval),
                        P(p.Paired.SignFlip.P),
                        request.Adjust == Adjustment.None ? "" : P(p.AdjustedP),
                        Record(p.Challenges),
                        Record(p.Grades),
                    ]
            ),
            1,
            2
        );
        var fewest = criterion.Pairs.Select(p => p.Paired.Pairs).Where(n => n > 0).DefaultIfEmpty().Min();
        if (LeastP(fewest, alone: false) is { } least)
            terminal.Out.WriteLine(least);
        if (criterion.Pairs.Any(p => p.Paired.Pairs == 0))
            terminal.Out.WriteLine("A pair with n 0 shares no challenge on which both have a score.");
        if (request.Pass is not null)
            foreach (var p in criterion.Pairs.Where(p => p.Passes!.Total > 0))
                terminal.Out.WriteLine(
                    $"Pass from {Cells.Number(request.Pass)}: {Passes(p.Passes!, letters[p.A], letters[p.B])}"
                );
    }

    private static string Difference(ModelPair pair) =>
        $"{Cells.Signed(pair.Paired.Difference.Value)} points, {Percent(pair.ShareOfScale)} of the scale"
        + (pair.Relative is { } relative ? $", {Percent(relative)} of B" : "");

    private static string Bootstrap(PairedAnalysis paired, ComparisonRequest request) =>
        paired.Difference switch
        {
            { NoIntervalBecause: { } why } => $"no interval: {why}",
            { Interval: null } => "no interval was asked for",
            { Interval: var interval } =>
                $"{Cells.Interval(interval)}, BCa {Cells.Interval(paired.DifferenceBca.Interval)} (95 %, {request.Bootstrap} resamples)",
        };

    private static string Test(SignificanceTest test, string how) =>
        test.UndefinedBecause is { } why ? $"undefined: {why}" : $"p {P(test.P)}, {how}";

    private static string Wilcoxon(WilcoxonResult test) =>
        test.UndefinedBecause is { } why
            ? $"undefined: {why}"
            : $"p {P(test.P)}, {(test.Method == "exact" ? "exact" : "normal with continuity")}: V {Cells.Number(test.V)}, smaller sum {Cells.Number(test.SmallerSum)}{(test.Zeros > 0 ? $", {Cells.Count(test.Zeros, "zero")} left out" : "")}{(test.Tied ? ", with ties" : "")}";

    private static string Wins(Tally tally) => $"A higher {tally.Won}, equal {tally.Tied}, B higher {tally.Lost}";

    private static string Record(Tally tally) =>
        string.Create(CultureInfo.InvariantCulture, $"{tally.Won}/{tally.Tied}/{tally.Lost}");

    // Of two alone, Bradley-Terry is the share of wins; its interval is what it adds.
    private static string Chance(CriterionComparison criterion, ModelPair pair, ComparisonRequest request)
    {
        if (criterion.Strengths is not { UndefinedBecause: null } fit)
            return "";
        var (a, b) = (fit.Items.Index().Single(i => i.Item.Item == pair.A), fit.Items.Index().Single(i => i.Item.Item == pair.B));
        var chance = fit.WinProbability(a.Index, b.Index);
        var range = chance.Interval is { } i
            ? string.Create(CultureInfo.InvariantCulture, $" ({100 * i.Low:0.#} to {100 * i.High:0.#})")
            : "";
        return $"; A wins {Percent(100 * chance.Value, sign: false)}{range}{(request.Prior > 0 ? " with the prior" : "")}";
    }

    private static string Passes(PassTable passes, string a, string b) =>
        $"both {passes.Both}, {a} alone {passes.OnlyA}, {b} alone {passes.OnlyB}, neither {passes.Neither}; McNemar "
        + (passes.Exact.UndefinedBecause is { } why ? $"undefined: {why}" : $"p {P(passes.Exact.P)}, exact");

    private static string Shared(int pairs) =>
        pairs switch
        {
            0 => "no shared challenge",
            1 => "one shared challenge",
            _ => $"{pairs} shared challenges",
        };

    private static string? LeastP(int pairs, bool alone) =>
        pairs switch
        {
            1 => "With one challenge there is no interval, and the sign-flip p is 1.",
            > 1 and < 6 =>
                $"With {pairs} challenges no sign-flip p is below {Cells.Number(Math.Pow(2, 1 - pairs))}, and resampling so few gives\ntoo narrow an interval{(alone ? ": read the paired t test's" : "")}.",
            _ => null,
        };

    private static string Percent(double? value, bool sign = true) =>
        value is { } v
            ? (sign && v > 0 ? "+" : "") + Math.Round(v, 1).ToString("0.#", CultureInfo.InvariantCulture) + " %"
            : Cells.None;

    private static string P(double? p) =>
        p switch
        {
            null => Cells.None,
            < 0.0005 => "<0.001",
            _ => Cells.Number(p),
        };

    private static string Letter(int index) =>
        index < 26 ? ((char)('A' + index)).ToString() : Letter((index / 26) - 1) + (char)('A' + (index % 26));
}
