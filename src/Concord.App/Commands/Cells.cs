using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Statistics;

namespace Concord.App.Commands;

/// <summary>Numbers as tables in a terminal show them: three decimals, a dash where there is none.</summary>
internal static class Cells
{
    public const string None = "-";

    public static string Number(double? value) => value is { } v ? NumberText.Of(Math.Round(v, 3)) : None;

    public static string Whole(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? None;

    /// <summary>How many of something, such as <c>1 rater</c> or <c>2 raters</c>.</summary>
    public static string Count(int count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    public static string Interval(ConfidenceInterval? interval) =>
        interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : None;

    public static string Between(int? low, int? high) => low == high ? Whole(low) : $"{low} to {high}";

    /// <summary>A change, with its sign.</summary>
    public static string Signed(double? value) => value is { } v ? (v > 0 ? "+" : "") + Number(v) : None;
}
