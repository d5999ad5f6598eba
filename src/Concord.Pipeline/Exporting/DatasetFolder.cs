using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Exporting;

/// <summary>
/// A dataset as a folder that the Hub, loaders and people understand: <c>data/</c>, a card, the recipe, and <c>concord.json</c>, which lists the files with
/// their digests. A folder of an earlier export is replaced, its other files (such as <c>.git/</c> or a licence) stay.
/// </summary>
public static partial class DatasetFolder
{
    /// <summary>The list of files; a folder that has it is ours.</summary>
    public const string Manifest = "concord.json";

    private const string Data = "data";
    private const string Sides = "row_ids";
    private const string Card = "README.md";
    private const string Recipe = "recipe.yaml";
    private const long Mega = 1_000_000;
    private const int LargestManifest = 16 * 1024 * 1024;

    /// <summary>How rows lie in a folder's files, unless a recipe says it.</summary>
    public static DatasetFile FileOf(ExportFormat format) =>
        format is ExportFormat.LlamaFactory or ExportFormat.OpenaiDpo ? DatasetFile.Jsonl : DatasetFile.Parquet;

    /// <summary>Refuses a folder that holds something else.</summary>
    /// <exception cref="ConcordException">It is not empty, and no dataset of ours.</exception>
    public static void RefuseForeign(string folder)
    {
        if (
            Directory.Exists(folder)
            && !File.Exists(Path.Combine(folder, Manifest))
            && Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).FirstOrDefault(n => !n!.StartsWith('.'))
                is { } entry
        )
            throw new ConcordException(
                "not-empty",
                $"The folder holds other files, such as '{PlainText.Of(entry)}', and no dataset of Concord's.",
                "Name an empty folder, or one that is not there yet.",
                folder
            );
    }

    /// <summary>Refuses a folder whose card somebody has written in since.</summary>
    /// <exception cref="ConcordException">The card is not as the list has it.</exception>
    public static void RefuseEditedCard(string folder)
    {
        var card = Path.Combine(folder, Card);
        if (
            RegularFile.Is(card)
            && Digests(folder).TryGetValue(Card, out var digest)
            && Fingerprint.Sha256(File.ReadAllBytes(card)) != digest
        )
            throw new ConcordException(
                "card-edited",
                "The card was changed since it was exported, and an export would replace it.",
                "Move it to another name to keep your words, or delete it, then run the command again.",
                card
            );
    }

    /// <summary>Writes everything beside what is there, then puts it into its places; <c>concord.json</c> last.</summary>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <param name="dataset">The rows.</param>
    /// <param name="source">What they were made from.</param>
    /// <param name="report">How.</param>
    /// <param name="cancellation">Stops it, with the folder as it was.</param>
    /// <returns>The files, in order.</returns>
    /// <exception cref="ConcordException">The folder is somebody else's, or the file system refused.</exception>
    public static IReadOnlyList<string> Write(
        string folder,
        Dataset dataset,
        ExportSource source,
        ExportReport report,
        CancellationToken cancellation
    )
    {
        RefuseForeign(folder);
        var staged = Path.Combine(folder, $"{AtomicFile.TemporaryPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(staged);
            RemoveLeftovers(folder);
            RefuseLinks(folder);
            var files = Stage(staged, dataset, source, report, cancellation);
            var manifest = ManifestOf(staged, files, dataset, source, report);
            cancellation.ThrowIfCancellationRequested();
            RefuseLinks(folder);
            Move(staged, folder, files, manifest);
            return [.. files, Manifest];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-write",
                $"The dataset could not be written: {e.Message}",
                "Make room or give write permission, then run the command again.",
                folder
            );
        }
        finally
        {
            if (Directory.Exists(staged))
                Directory.Delete(staged, recursive: true);
        }
    }

    // Where this is interrupted, the list has the old files and the new ones, so that the next export removes what is left over.
    private static void Move(string staged, string folder, IReadOnlyList<string> files, byte[] manifest)
    {
        var earlier = Listed(folder);
        var path = Path.Combine(folder, Manifest);
        AtomicFile.Replace(path, CanonicalJson.Of(json => WritePaths(json, [.. files.Union(earlier)])));
        foreach (var file in files)
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(Path.Combine(staged, file), target, overwrite: true);
        }
        foreach (var gone in earlier.Except(files).Select(f => Path.Combine(folder, f)).Where(RegularFile.Is))
            File.Delete(gone);
        AtomicFile.Replace(path, manifest);
    }

    private static void RemoveLeftovers(string folder)
    {
        foreach (var left in Directory.EnumerateDirectories(folder, AtomicFile.TemporaryPrefix + "*"))
            if (AtomicFile.IsLeftover(Path.GetFileName(left)))
                Directory.Delete(left, recursive: true);
    }

    private static List<string> Stage(
        string staged,
        Dataset dataset,
        ExportSource source,
        ExportReport report,
        CancellationToken cancellation
    )
    {
        var recipe = report.Recipe;
        var kind = recipe.File ?? FileOf(recipe.Format);
        var files = new List<string>();
        var data = new List<(string Split, IReadOnlyList<string> Files)>();
        foreach (var part in dataset.Parts)
        {
            var split = Names.Of(part.Split);
            Directory.CreateDirectory(Path.Combine(staged, Data));
            using var shards = new Shards(
                Path.Combine(staged, Data),
                split,
                kind,
                dataset.Shape,
                [HubFeatures.Metadata(dataset.Shape)],
                recipe.ShardMegabytes * Mega
            );
            using var side = dataset.Side is null ? null : new SideFile(Path.Combine(staged, Sides), split, dataset.Side);
            foreach (var row in part.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                shards.Write(row.Values);
                side?.Write(row.Side);
            }
            string[] names = [.. shards.Finish().Select(n => $"{Data}/{n}")];
            data.Add((split, names));
            files.AddRange(names);
            if (side is not null)
            {
                side.Finish();
                files.Add($"{Sides}/{side.Name}");
            }
        }
        if (recipe.Format == ExportFormat.LlamaFactory)
            Add(LlamaFactoryIndex.FileName, LlamaFactoryIndex.Of(source.Workspace.Benchmark.Name, data));
        Add(Recipe, RecipeFile.Write(recipe));
        Add(Card, DatasetCard.Of(source, report with { Recipe = recipe with { File = kind } }, dataset));
        return files;

        void Add(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(staged, name), bytes);
            files.Add(name);
        }
    }

    // What somebody wrote into it must not make us delete elsewhere.
    private static IReadOnlyList<string> Listed(string folder) => [.. Digests(folder).Keys.Where(IsOurs)];

    private static Dictionary<string, string> Digests(string folder)
    {
        var path = Path.Combine(folder, Manifest);
        var problems = new ProblemList(path);
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        if (
            RegularFile.Is(path)
            && new FileInfo(path).Length <= LargestManifest
            && JsonFile.Parse(File.ReadAllBytes(path), problems) is { Kind: NodeKind.Map } root
            && Value(root, "files") is { Kind: NodeKind.List } list
        )
            foreach (var file in list.Items.Where(i => i.Kind == NodeKind.Map))
                digests[Value(file, "path")?.Value ?? ""] = Value(file, "sha256")?.Value ?? "";
        return digests;

        static DocumentNode? Value(DocumentNode map, string key) =>
            map.Keys.Zip(map.Items).FirstOrDefault(e => e.First.Value == key).Second;
    }

    private static bool IsOurs(string path) => path == LlamaFactoryIndex.FileName || Made().IsMatch(path);

    // What is moved and deleted there must be there, and not where somebody's link leads.
    private static void RefuseLinks(string folder)
    {
        foreach (var name in new[] { Data, Sides, Manifest, Card, Recipe, LlamaFactoryIndex.FileName })
            if (
                RegularFile.KindOf(Path.Combine(folder, name)) is EntryKind.Link
                || (File.Exists(Path.Combine(folder, name)) && !RegularFile.Is(Path.Combine(folder, name)))
            )
                throw new ConcordException(
                    "not-ours",
                    "This is a link, or no file of bytes, where a dataset has a file or folder of its own.",
                    "Remove it, or name another folder.",
                    Path.Combine(folder, name)
                );
    }

    [GeneratedRegex(
        @"\A(?:data/(?:train|validation|test)-[0-9]{5}-of-[0-9]{5}\.(?:parquet|jsonl|jsonl\.gz)|row_ids/(?:train|validation|test)\.jsonl)\z"
    )]
    private static partial Regex Made();

    private static void WritePaths(System.Text.Json.Utf8JsonWriter json, IReadOnlyList<string> files)
    {
        json.WriteNumber("schema", 1);
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("path", file);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static byte[] ManifestOf(
        string folder,
        IReadOnlyList<string> files,
        Dataset dataset,
        ExportSource source,
        ExportReport report
    ) =>
        CanonicalJson.Of(json =>
        {
            json.WriteNumber("schema", 1);
            json.WriteString("exporter", source.Exporter);
            json.WriteString("commit", source.Commit);
            json.WriteString("format", Names.Of(report.Recipe.Format));
            json.WriteNumber("rows", dataset.Count);
            json.WriteStartArray("files");
            foreach (var file in files)
            {
                using var stream = File.OpenRead(Path.Combine(folder, file));
                json.WriteStartObject();
                json.WriteString("path", file);
                json.WriteNumber("bytes", stream.Length);
                json.WriteString("sha256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream)));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });

    /// <summary>What stands beside the rows of a split, line by line.</summary>
    private sealed class SideFile : IDisposable
    {
        private readonly FileStream _stream;
        private readonly JsonLinesWriter _writer;

        public SideFile(string folder, string split, Shape shape)
        {
            Directory.CreateDirectory(folder);
            Name = $"{split}.jsonl";
            _stream = new(Path.Combine(folder, Name), FileMode.Create, FileAccess.Write);
            _writer = new(shape, _stream);
        }

        public string Name { get; }

        public void Write(object[] row) => _writer.Write(row);

        public void Finish()
        {
            _writer.Finish();
            _stream.Flush(flushToDisk: true);
        }

        public void Dispose()
        {
            _writer.Dispose();
            _stream.Dispose();
        }
    }
}
