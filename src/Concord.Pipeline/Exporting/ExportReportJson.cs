using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Exporting;

/// <summary>The account of an export as JSON, for whoever checks releases by a program.</summary>
public static class ExportReportJson
{
    private static readonly double[] Shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
    private static readonly string[] ShareNames = ["least", "p5", "p25", "median", "p75", "p95", "most"];

    /// <summary>One object.</summary>
    /// <param name="report">The account.</param>
    /// <param name="source">What the dataset was made from.</param>
    public static byte[] Of(ExportReport report, ExportSource source)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(source);
        return CanonicalJson.Of(json =>
        {
            json.WriteNumber("schema", 1);
            json.WriteString("commit", source.Commit);
            json.WriteString("exporter", source.Exporter);
            json.WriteStartObject("recipe");
            foreach (var setting in ExportSettings.All)
                json.WriteString(setting.Key, setting.Get(report.Recipe));
            json.WriteEndObject();
            json.WriteNumber("rows", report.Rows);
            WriteRules(json, report);
            json.WriteStartObject("splits");
            foreach (var (split, rows) in report.Splits)
                json.WriteNumber(Names.Of(split), rows);
            json.WriteEndObject();
            Write(json, report.Summary);
        });
    }

    private static void WriteRules(Utf8JsonWriter json, ExportReport report)
    {
        json.WriteStartArray("rules");
        foreach (var count in report.Pairs?.Counts ?? [])
            Rule(Names.Of(count.Rule), count.OfOutputs ? "outputs" : "pairs", count.Before, count.Removed);
        foreach (var count in report.Outputs?.Counts ?? [])
            Rule(Names.Of(count.Rule), "outputs", count.Before, count.Removed);
        json.WriteEndArray();
        json.WriteNumber("candidates", report.Pairs?.Candidates ?? report.Outputs!.Candidates);
        json.WriteNumber("adjudicated", report.Pairs?.Adjudicated ?? report.Outputs!.Adjudicated);
        if (
            (
                report.Pairs is { Nearest: { } nearest } p ? PairReportText.Changes(p.Rules, nearest)
                : report.Outputs is { } o ? OutputReportText.Nearest(o, report.Recipe)
                : null
            ) is
            { } setting
        )
            json.WriteString("nearest", setting);
        if (report.Outputs?.EmptiedBy is { } emptied)
            json.WriteString("emptied_by", Names.Of(emptied));
        if (report.Pairs is not { } pairs)
            return;
        json.WriteNumber("different_prompts", pairs.DifferentPrompts);
        if (pairs.EmptiedBy is { } rule)
            json.WriteString("emptied_by", Names.Of(rule));

        void Rule(string name, string of, int before, int removed)
        {
            json.WriteStartObject();
            json.WriteString("rule", name);
            json.WriteString("of", of);
            json.WriteNumber("before", before);
            json.WriteNumber("removed", removed);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, DatasetSummary summary)
    {
        Counts("challenges", summary.Challenges);
        Counts("chosen_models", summary.ChosenModels);
        Counts("rejected_models", summary.RejectedModels);
        Counts("labels", summary.Labels);
        json.WriteStartObject("characters");
        foreach (
            var (name, lengths) in new[]
            {
                ("prompt", summary.Prompt),
                ("chosen", summary.Chosen),
                ("rejected", summary.Rejected),
            }
        )
        {
            if (lengths.Count == 0)
                continue;
            json.WriteStartObject(name);
            foreach (var (share, value) in ShareNames.Zip(lengths.Percentiles(Shares)))
                CanonicalJson.WriteNumber(json, share, value!.Value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteNumber("rows_over_1024_tokens", summary.OverMaxTokens);
        if (summary.Pairs == 0)
            return;
        var bias = summary.LengthBias;
        json.WriteStartObject("length_bias");
        Number("chosen_longer", bias.ChosenLonger);
        Number("median_ratio", bias.MedianRatio);
        Number("margin_correlation", bias.MarginCorrelation);
        json.WriteEndObject();

        void Counts(string name, NameCounts counts)
        {
            if (counts.Names == 0)
                return;
            json.WriteStartObject(name);
            foreach (var (key, count) in counts.Sorted)
                json.WriteNumber(key, count);
            json.WriteEndObject();
        }

        void Number(string name, double? value)
        {
            if (value is { } number)
                CanonicalJson.WriteNumber(json, name, number);
            else
                json.WriteNull(name);
        }
    }
}
