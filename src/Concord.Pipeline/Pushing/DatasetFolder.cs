using Concord.Core.Domain;
using Concord.Pipeline.Hub;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Pushing;

/// <summary>The files of a dataset folder. What could lead out of it, or is no file, is refused; hidden files are left out.</summary>
internal static class DatasetFolder
{
    /// <summary>The card, without which a folder is taken for another one.</summary>
    public const string Card = "README.md";

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
        var (files, hidden, problems) = Listed(folder);
        if (problems.Count > 0)
            throw new ConcordException(Problem.Sorted(problems));
        if (!files.Contains(Card))
            throw new ConcordException(
                "no-card",
                $"The folder '{folder}' has no {Card}, so it is taken for another one than a dataset's.",
                $"Name the folder that 'concord export' wrote, or put a {Card} into it."
            );
        if (hidden > 0)
            say($"Left out: {hidden} hidden {(hidden == 1 ? "entry" : "entries")}, whose name begins with a dot.");
        var measured = new List<LocalFile>();
        foreach (var path in files)
            measured.Add(await LocalFile.ReadAsync(path, Path.Combine(folder, path), cancellation));
        return measured;
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
