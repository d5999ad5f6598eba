using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>What may lie in a challenge's or an output's folder: known names, and anything below <c>files/</c>.</summary>
internal static class FolderRules
{
    public static void Check(IEnumerable<TreeEntry> entries, string folder, IReadOnlyList<string> known, List<Problem> problems)
    {
        foreach (var entry in entries)
        {
            var name = entry.Path[Math.Min(entry.Path.Length, folder.Length + 1)..];
            var list = new ProblemList(entry.Path);
            // A name with a line break could make two different sets of files one fingerprint.
            if (name.Any(c => char.IsControl(c) || c == '\uFFFD'))
                list.Error(
                    "wrong-name",
                    null,
                    null,
                    "The file's name has a control character, or is not UTF-8.",
                    "Rename the file."
                );
            else if (
                IsFile(entry, list)
                && !name.StartsWith("files/", StringComparison.Ordinal)
                && !known.Contains(name)
                && !Temporary(name)
            )
                list.Error(
                    "unexpected-file",
                    null,
                    null,
                    $"Nothing of this name belongs in {folder}/.",
                    Nearest.Hint(name, [.. known, "files/"])
                );
            problems.AddRange(list.Problems);
        }
    }

    /// <summary>Whether an entry is a file; what else it is gets reported.</summary>
    public static bool IsFile(TreeEntry entry, ProblemList problems)
    {
        if (entry.Kind == EntryKind.Link)
            problems.Error(
                "link",
                null,
                null,
                "This is a link, which may lead out of the workspace.",
                "Put the file itself here."
            );
        else if (entry.Kind == EntryKind.Other)
            problems.Error(
                "unexpected-file",
                null,
                null,
                "This is neither a file nor a folder.",
                "Remove it; submodules are not read."
            );
        return entry.Kind == EntryKind.File;
    }

    private static bool Temporary(string name) => name.StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal);
}
