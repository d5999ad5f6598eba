using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>Writes <c>checks.json</c> of an output: what automatic checks found, apart from all grades.</summary>
public static class CheckFile
{
    /// <summary>The file's name in an output's folder.</summary>
    public const string Name = "checks.json";

    /// <summary>
    /// Puts one tool's results in the place of its earlier ones and keeps those of other tools, unless they are of other files of
    /// the output. Nothing is written where that changes nothing; where nothing is left, the file goes.
    /// </summary>
    /// <param name="outputFolder">The output's folder on disk, which must exist.</param>
    /// <param name="output">The files that were checked; null where there are none.</param>
    /// <param name="checks">The new results, in any order; of a name given twice, the last.</param>
    /// <param name="owned">Every name that the tool may write: those without a new result are removed.</param>
    /// <exception cref="ConcordException">The folder is gone, the file that is there cannot be read, or writing is refused.</exception>
    public static void Merge(
        string outputFolder,
        OutputId? output,
        IReadOnlyList<CheckResult> checks,
        IReadOnlyCollection<string> owned
    )
    {
        var path = Path.Combine(outputFolder, Name);
        if (!Directory.Exists(outputFolder))
            throw new ConcordException(
                "no-output",
                "The output's folder is gone, so that its checks cannot be kept.",
                "Run the command again.",
                outputFolder
            );
        using var tree = new WorkTree(outputFolder);
        var old = tree.Read(Name);
        var problems = new List<Problem>();
        var merged = Merged(tree, Name, output, checks, owned, problems);
        if (problems.Count > 0)
            throw new ConcordException([.. problems.Select(p => p with { Path = path })]);
        if (merged is null)
            File.Delete(path);
        else if (old is null || !old.AsSpan().SequenceEqual(merged))
            AtomicFile.Replace(path, merged);
    }

    /// <summary>The bytes of a merged file; null where no check is left.</summary>
    /// <param name="tree">Where the present file is, if there is one.</param>
    /// <param name="path">The file's path in the tree.</param>
    /// <param name="output">The files that were checked; null where there are none.</param>
    /// <param name="checks">The new results.</param>
    /// <param name="owned">Every name that the tool may write.</param>
    /// <param name="problems">Takes what is wrong with the present file.</param>
    internal static byte[]? Merged(
        FileTree tree,
        string path,
        OutputId? output,
        IReadOnlyList<CheckResult> checks,
        IReadOnlyCollection<string> owned,
        List<Problem> problems
    )
    {
        var old = OutputJson.Checks(tree, path, problems).Of(output);
        return Bytes(output, old.Where(c => !owned.Contains(c.Name)).Concat(checks));
    }

    /// <summary>The bytes of a new file; null where there is no check.</summary>
    /// <param name="output">The files that were checked; null where there are none.</param>
    /// <param name="checks">The results, in any order; of a name given twice, the last.</param>
    internal static byte[]? Bytes(OutputId? output, IEnumerable<CheckResult> checks)
    {
        var all = new SortedDictionary<string, CheckResult>(StringComparer.Ordinal);
        foreach (var check in checks)
            all[check.Name] = check;
        return all.Count == 0 ? null : Bytes(output, all);
    }

    private static byte[] Bytes(OutputId? output, SortedDictionary<string, CheckResult> checks) =>
        CanonicalJson.Of(writer =>
        {
            writer.WriteNumber("schema", 1);
            if (output is { } id)
                writer.WriteString("output", id.Value);
            writer.WriteStartArray("checks");
            foreach (var check in checks.Values)
            {
                writer.WriteStartObject();
                writer.WriteString("check", check.Name);
                if (check.Passed is { } passed)
                    writer.WriteBoolean("passed", passed);
                if (check.Value is { } value)
                    CanonicalJson.WriteNumber(writer, "value", value);
                if (check.Detail.Length > 0)
                    writer.WriteString("detail", check.Detail);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
}
