using Concord.Core.Domain;
using Concord.Pipeline.Hub;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Pushing;

/// <summary>
/// The files of a dataset folder: those that its list has, as it has them, the list itself, and a licence. What could lead out of the
/// folder, or is no file, is refused; other files are left out.
/// </summary>
internal static class FolderToPush
{
    /// <summary>The card, which people write on after the export.</summary>
    public const string Card = "README.md";

    private const int MostNames = 10;

    // What people put beside an export, and must not be lost on the way.
    private static readonly string[] Along = [DatasetList.FileName, Card, "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE"];

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>Measures every file, in the order of their paths.</summary>
    /// <param name="folder">The folder, in full.</param>
    /// <param name="say">Told of what is left out.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">It is no dataset folder, or has what cannot be pushed.</exception>
    public static async Task<IReadOnlyList<LocalFile>> ReadAsync(
        string folder,
        Action<string> say,
        CancellationToken cancellation
    )
    {
        if (!Directory.Exists(folder))
            throw new ConcordException(
                "no-folder",
                $"There is no folder '{folder}'.",
                "Name the folder that 'concord export' wrote."
            );
        var list = DatasetList.Read(folder);
        var (files, hidden, problems) = Listed(folder);
        problems.AddRange(
            list.Files.Keys.Where(p => !files.Contains(p) && problems.TrueForAll(w => w.Path != p))
                .Select(p => DatasetList.Wrong(p, $"The file is not there, and {DatasetList.FileName} lists it."))
        );
        if (problems.Count > 0)
            throw new ConcordException(Problem.Sorted(problems));
        if (!files.Contains(Card))
            throw new ConcordException("no-card", $"The folder '{folder}' has no {Card}.", $"Put a {Card} into it.");
        var pushed = files.Where(f => list.Files.ContainsKey(f) || Along.Contains(f)).ToArray();
        SayLeftOut([.. files.Except(pushed)], hidden, say);
        var measured = new List<LocalFile>();
        foreach (var path in pushed)
            measured.Add(await LocalFile.ReadAsync(path, Path.Combine(folder, path), cancellation));
        if (measured.Find(f => f.Path == DatasetList.FileName) is { } own && own.Sha256 != list.Sha256)
            throw own.Changed();
        Compare(measured, list, say);
        return measured;
    }

    private static void Compare(IReadOnlyList<LocalFile> files, DatasetList list, Action<string> say)
    {
        var problems = new List<Problem>();
        foreach (var file in files)
            if (!list.Files.TryGetValue(file.Path, out var listed) || (listed.Bytes == file.Size && listed.Sha256 == file.Sha256))
                continue;
            else if (file.Path == Card)
                say($"{Card} is not as exported: it is pushed as it is.");
            else
                problems.Add(
                    DatasetList.Wrong(
                        file.Path,
                        listed.Bytes == file.Size
                            ? $"The file has other bytes than {DatasetList.FileName} lists."
                            : $"The file has {file.Size} bytes, and {DatasetList.FileName} lists {listed.Bytes}."
                    )
                );
        if (problems.Count > 0)
            throw new ConcordException(Problem.Sorted(problems));
    }

    private static void SayLeftOut(IReadOnlyList<string> others, int hidden, Action<string> say)
    {
        if (hidden > 0)
            say($"Left out: {hidden} hidden {(hidden == 1 ? "entry" : "entries")}, whose name begins with a dot.");
        foreach (var path in others.Take(MostNames))
            say($"Left out: {path}, which {DatasetList.FileName} does not list.");
        if (others.Count > MostNames)
            say($"Left out: {others.Count - MostNames} more that {DatasetList.FileName} does not list.");
    }

    private static (SortedSet<string> Files, int Hidden, List<Problem> Problems) Listed(string folder)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        var hidden = 0;
        var pending = new Stack<string>([""]);
        while (pending.TryPop(out var below))
            foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(folder, below), "*", Everything))
            {
                var name = Path.GetFileName(entry);
                var path = $"{below}{name}";
                if (name.StartsWith('.'))
                    hidden++;
                else if (!IsPlain(name))
                    problems.Add(
                        Wrong(
                            path,
                            "The name has letters that are a path elsewhere, or none.",
                            "Rename it without '\\', ':' and control characters."
                        )
                    );
                else if (RegularFile.KindOf(entry) is not { } kind)
                    pending.Push($"{path}/");
                else if (kind == EntryKind.File)
                    files.Add(path);
                else
                    problems.Add(
                        kind == EntryKind.Link
                            ? Wrong(
                                path,
                                "It is a link, which may lead out of the folder.",
                                "Put the file itself there, or remove the link."
                            )
                            : Wrong(path, "It is no file of bytes.", "Remove it from the folder.")
                    );
            }
        return (files, hidden, problems);
    }

    private static bool IsPlain(string name) => !name.Any(c => char.IsControl(c) || c is '\\' or ':' or '\uFFFD');

    private static Problem Wrong(string path, string what, string mend) =>
        new(Severity.Error, "not-pushable", path, null, null, what, mend);
}
