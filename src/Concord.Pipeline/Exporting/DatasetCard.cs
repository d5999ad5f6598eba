using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Exporting;

/// <summary>A dataset's <c>README.md</c>: what the Hub reads at its head, then what people should know before they train on it. Made from the data, its recipe, and the workspace's title.</summary>
internal static class DatasetCard
{
    public static byte[] Of(ExportSource source, ExportReport report, Dataset dataset)
    {
        var text = new StringBuilder();
        Head(text, source, report, dataset);
        text.Append(CardText.Of(source, report, dataset));
        return Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n").ToString());
    }

    private static void Head(StringBuilder text, ExportSource source, ExportReport report, Dataset dataset)
    {
        Line("---");
        Line($"pretty_name: {YamlText.Of(CardText.Title(source, report))}");
        if (HubLicense.Of(report.Recipe.PromptLicense, report.Licenses.Select(l => l.Key)) is { } license)
            Line($"license: {license}");
        else
        {
            Line("license: other");
            Line("license_name: see-licences-below");
        }
        List("language_creators", ["machine-generated"]);
        List("task_categories", ["text-generation"]);
        List("size_categories", [Size(dataset.Count)]);
        List("tags", Tags(report.Recipe.Format));
        Line("configs:");
        Line("- config_name: default");
        Line("  default: true");
        Line("  data_files:");
        foreach (var part in dataset.Parts)
        {
            Line($"  - split: {Names.Of(part.Split)}");
            Line($"    path: data/{Names.Of(part.Split)}-*");
        }
        Line("dataset_info:");
        Line("- config_name: default");
        Line("  features:");
        foreach (var line in HubFeatures.Yaml(dataset.Shape, 2))
            Line(line);
        Line("  splits:");
        foreach (var part in dataset.Parts)
        {
            Line($"  - name: {Names.Of(part.Split)}");
            Line($"    num_examples: {part.Count.ToString(CultureInfo.InvariantCulture)}");
        }
        Line("---");
        Line("");

        void List(string key, IEnumerable<string> values)
        {
            Line($"{key}:");
            foreach (var value in values)
                Line($"- {value}");
        }

        void Line(string line) => text.Append(line).Append('\n');
    }

    // What the Hub's search knows.
    private static string[] Tags(ExportFormat format) =>
        format switch
        {
            ExportFormat.Kto => ["kto", "rlhf", "human-feedback"],
            ExportFormat.Ratings => ["reward-model", "rlhf", "human-feedback"],
            ExportFormat.Sft => ["sft", "human-feedback"],
            ExportFormat.Reward => ["preference", "reward-model", "rlhf", "human-feedback"],
            _ => ["preference", "dpo", "rlhf", "human-feedback"],
        };

    private static string Size(int rows) =>
        rows switch
        {
            < 1_000 => "n<1K",
            < 10_000 => "1K<n<10K",
            < 100_000 => "10K<n<100K",
            < 1_000_000 => "100K<n<1M",
            < 10_000_000 => "1M<n<10M",
            _ => "10M<n<100M",
        };
}
