using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Importing;

/// <summary>One output of the folder, as it is recorded there.</summary>
/// <param name="Reply">The raw reply; null where none was recorded.</param>
/// <param name="Screenshot">The recorded picture; null where there is none.</param>
/// <param name="Passed">Whether its tests passed; null where not recorded.</param>
internal sealed record VizhubRecord(OutputKey Key, byte[]? Reply, byte[]? Screenshot, bool? Passed);

/// <summary>What a vizhub-benchmarks folder holds. Links are not followed.</summary>
internal sealed class VizhubFolder
{
    private const string Replies = "llm_responses";
    private const string ReplyName = "llmResponse.md";
    private const string Screenshots = "screenshots";
    private const string ScreenshotName = "output.png";

    private readonly string _source;
    private readonly WorkTree _tree;
    private readonly List<Problem> _problems;
    private readonly List<LeftOut> _left;

    private VizhubFolder(string source, WorkTree tree, List<Problem> problems, List<LeftOut> left) =>
        (_source, _tree, _problems, _left) = (source, tree, problems, left);

    public SortedDictionary<ChallengeId, VizhubChallenge> Challenges { get; } = [];

    /// <summary>The rows of results.csv.</summary>
    public IReadOnlyList<VizhubRow> Results { get; private set; } = [];

    /// <summary>The rows of grades/*.csv.</summary>
    public List<VizhubRow> GradeRows { get; } = [];

    /// <summary>Sorted by challenge and model.</summary>
    public IReadOnlyList<VizhubRecord> Outputs { get; private set; } = [];

    /// <summary>Reads a folder.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="left">Takes what is not imported.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ConcordException">This is no such folder.</exception>
    public static VizhubFolder Read(string source, List<Problem> problems, List<LeftOut> left, CancellationToken cancellation)
    {
        source = source.Length > 1 ? source.TrimEnd('/') : source;
        using var tree = new WorkTree(source);
        var folder = new VizhubFolder(source, tree, problems, left);
        var results = tree.Read("results.csv");
        var challenges = tree.List("challenges");
        if (results is null || challenges.Count == 0)
            throw new ConcordException(
                "not-vizhub",
                !Directory.Exists(source) ? "There is no such folder."
                    : results is null ? "The folder has no results.csv."
                    : "The folder has no challenges/.",
                "Name the root of a vizhub-benchmarks clone; it has results.csv, challenges/ and llm_responses/.",
                source
            );
        folder.ReadChallenges(challenges);
        folder.Results = folder.ReadRows("results.csv", results, null);
        cancellation.ThrowIfCancellationRequested();
        folder.ReadOutputs();
        cancellation.ThrowIfCancellationRequested();
        folder.ReadGrades();
        return folder;
    }

    /// <summary>A file of the folder as messages name it.</summary>
    public string Place(string path) => $"{_source}/{path}";

    private void ReadChallenges(IReadOnlyList<TreeEntry> entries)
    {
        var files = Files(entries);
        foreach (var stray in files.Where(f => f.Count('/') < 2))
            Leave(stray, "a file", "Challenges are folders.");
        foreach (var group in files.Where(f => f.Count('/') >= 2).GroupBy(f => f.Split('/')[1]))
        {
            var path = $"challenges/{group.Key}";
            if (!ChallengeId.TryParse(group.Key, out var id))
            {
                Problem("wrong-id", path, $"'{group.Key}' cannot be used for a challenge.", ChallengeId.Rule);
                continue;
            }
            foreach (var other in group.Where(f => !VizhubChallenge.Reads(f[(path.Length + 1)..])))
                Leave(other, "a file", "Of a challenge, challenge.json, prompt.md and data.csv are taken.");
            if (VizhubChallenge.Read(id, _tree, path, Place(path), _problems) is { } challenge)
                Challenges[id] = challenge;
        }
    }

    private IReadOnlyList<VizhubRow> ReadRows(string path, byte[] bytes, IReadOnlySet<OutputKey>? outputs)
    {
        var problems = new ProblemList(Place(path));
        var rows = new VizhubTable(problems, _left, Challenges.Keys, outputs).Read(bytes);
        _problems.AddRange(problems.Problems);
        return rows;
    }

    private void ReadOutputs()
    {
        var replies = Keyed(Replies, ReplyName);
        var pictures = Keyed(Screenshots, ScreenshotName);
        var passed = Results.ToLookup(r => r.Key, r => r);
        foreach (var group in passed)
            if (group.Select(r => r.Passed).Distinct().Count() > 1)
                Problem(
                    "duplicate-row",
                    "results.csv",
                    $"{group.Key} has passed and failed: lines {string.Join(", ", group.Select(r => r.Line))}.",
                    "Keep the row that is right.",
                    group.Last().Line
                );
        var keys = passed.Select(g => g.Key).Union(replies.Keys).Order().ToArray();
        foreach (var (key, path) in pictures.Where(p => !keys.Contains(p.Key)))
            Leave(path, "a screenshot", "There is no reply and no result of this model.");
        Outputs =
        [
            .. keys.Select(key => new VizhubRecord(
                key,
                replies.TryGetValue(key, out var reply) ? _tree.Read(reply) : null,
                pictures.TryGetValue(key, out var picture) ? _tree.Read(picture) : null,
                passed[key].FirstOrDefault()?.Passed
            )),
        ];
    }

    private void ReadGrades()
    {
        var outputs = Outputs.Select(o => o.Key).ToHashSet();
        foreach (var path in Files(_tree.List("grades")))
        {
            if (path.EndsWith(".csv", StringComparison.Ordinal) && path.Count('/') == 1)
                GradeRows.AddRange(ReadRows(path, _tree.Read(path) ?? [], outputs));
            else
                Leave(path, "a file", "Grades are grades/<reviewer>.csv.");
        }
    }

    // <folder>/<challenge>/<model>/<name>, where a model has one to three segments.
    private Dictionary<OutputKey, string> Keyed(string folder, string name)
    {
        var found = new Dictionary<OutputKey, string>();
        foreach (var path in Files(_tree.List(folder)))
        {
            var segments = path.Split('/');
            if (segments[^1] != name || segments.Length < 4)
                Leave(path, "a file", $"Here, only <challenge>/<model>/{name} is taken.");
            else if (!ModelId.TryParse(string.Join('/', segments[2..^1]), out var model))
                Problem("wrong-id", path, $"'{string.Join('/', segments[2..^1])}' cannot be used for a model.", ModelId.Rule);
            else if (ChallengeId.TryParse(segments[1], out var challenge) && Challenges.ContainsKey(challenge))
                found.Add(new(challenge, model), path);
            else
                Problem(
                    "unknown-challenge",
                    path,
                    $"There is no challenge '{segments[1]}'.",
                    Nearest.Hint(segments[1], [.. Challenges.Keys.Select(c => c.Value)])
                );
        }
        return found;
    }

    private List<string> Files(IReadOnlyList<TreeEntry> entries)
    {
        foreach (var entry in entries.Where(e => e.Kind != EntryKind.File))
            Leave(
                entry.Path,
                entry.Kind == EntryKind.Link ? "a link" : "no file",
                "Only plain files are taken; links are not followed."
            );
        return [.. entries.Where(e => e.Kind == EntryKind.File).Select(e => e.Path)];
    }

    private void Leave(string path, string what, string why) => _left.Add(new(Place(path), null, what, why));

    private void Problem(string rule, string path, string what, string mend, int? line = null) =>
        _problems.Add(new(Severity.Error, rule, Place(path), line, null, what, mend));
}
