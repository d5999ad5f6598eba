using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>Writes <c>checks.json</c> of an output: what automatic checks found, apart from all grades.</summary>
public static class CheckFile
{
    /// <summary>The file's name in an output's folder.</summary>
    public const string Name = "checks.json";

    /// <summary>Replaces the checks of the same names and keeps the others; nothing is written where that changes nothing.</summary>
    /// <param name="outputFolder">The output's folder on disk, which must exist.</param>
    /// <param name="checks">The new results, in any order; of a name given twice, the last.</param>
    /// <exception cref="ConcordException">The folder is gone, the file that is there cannot be read, or writing is refused.</exception>
    public static void Merge(string outputFolder, IReadOnlyList<CheckResult> checks)
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
        var merged = Merged(tree, Name, checks, problems);
        if (problems.Count > 0)
            throw new ConcordException([.. problems.Select(p => p with { Path = path })]);
        if (old is null || !old.AsSpan().SequenceEqual(merged))
            AtomicFile.Replace(path, merged);
    }

    /// <summary>The bytes of a merged file.</summary>
    /// <param name="tree">Where the present file is, if there is one.</param>
    /// <param name="path">The file's path in the tree.</param>
    /// <param name="checks">The new results.</param>
    /// <param name="problems">Takes what is wrong with the present file.</param>
    internal static byte[] Merged(FileTree tree, string path, IReadOnlyList<CheckResult> checks, List<Problem> problems)
    {
        var all = new SortedDictionary<string, CheckResult>(StringComparer.Ordinal);
        foreach (var check in OutputJson.Checks(tree, path, problems).Concat(checks))
            all[check.Name] = check;
        return CanonicalJson.Of(writer =>
        {
            writer.WriteNumber("schema", 1);
            writer.WriteStartArray("checks");
            foreach (var check in all.Values)
            {
                writer.WriteStartObject();
                writer.WriteString("check", check.Name);
                if (check.Passed is { } passed)
                    writer.WriteBoolean("passed", passed);
                if (check.Value is { } value)
                {
                    writer.WritePropertyName("value");
                    writer.WriteRawValue(NumberText.Of(value));
                }
                if (check.Detail.Length > 0)
                    writer.WriteString("detail", check.Detail);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }
}
