using Concord.Core.Statistics.Pairwise;

namespace Concord.App.Commands;

/// <summary>Bradley-Terry strengths by rank, or why there are none.</summary>
internal static class StrengthsText
{
    public static void Print(Terminal terminal, BradleyTerryFit fit)
    {
        if (fit.UndefinedBecause is { } why)
        {
            var mend = fit is { Connected: false, Items.Count: > 1 } ? " Give it by --prior 0.1." : "";
            terminal.Out.WriteLine($"Strengths (Bradley-Terry): undefined. {why}{mend}");
            return;
        }
        terminal.Table(
            ["rank", "could be", "strength", "log-odds", "95 % interval", ""],
            fit.Items.Zip(fit.RankIntervals())
                .OrderBy(i => i.First.Rank)
                .ThenBy(i => i.First.Item, StringComparer.Ordinal)
                .Select(i =>
                    (string[])
                        [
                            Cells.Whole(i.First.Rank),
                            Cells.Between(i.Second?.Low, i.Second?.High),
                            i.First.Item,
                            Cells.Signed(i.First.LogStrength.Value),
                            Cells.Interval(i.First.LogStrength.Interval),
                            i.First.LogStrength.NoIntervalBecause ?? "",
                        ]
                ),
            0,
            1,
            3
        );
    }
}
