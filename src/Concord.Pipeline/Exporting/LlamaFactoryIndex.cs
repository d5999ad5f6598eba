using System.Text.Json;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Exporting;

/// <summary><c>dataset_info.json</c>, by which LLaMA-Factory finds a dataset's files and columns.</summary>
internal static class LlamaFactoryIndex
{
    public const string FileName = "dataset_info.json";

    /// <param name="name">The dataset's name.</param>
    /// <param name="files">The data files of each split, relative to the folder.</param>
    public static byte[] Of(string name, IReadOnlyList<(string Split, IReadOnlyList<string> Files)> files) =>
        CanonicalJson.Of(json =>
        {
            foreach (var (split, paths) in files)
            foreach (var (path, i) in paths.Select((p, i) => (p, i)))
                Write(json, Name(name, split, i, paths.Count), path);
        });

    // It takes one file a dataset.
    private static string Name(string name, string split, int index, int count) =>
        $"{name}_{split}{(count > 1 ? $"_{index}" : "")}";

    private static void Write(Utf8JsonWriter json, string name, string path)
    {
        json.WriteStartObject(name);
        json.WriteString("file_name", path);
        json.WriteString("formatting", "sharegpt");
        json.WriteBoolean("ranking", true);
        json.WriteStartObject("columns");
        json.WriteString("messages", "conversations");
        json.WriteString("system", "system");
        json.WriteString("chosen", "chosen");
        json.WriteString("rejected", "rejected");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
