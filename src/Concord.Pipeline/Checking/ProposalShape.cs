using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>
/// What can be told of a pull request before any of its files is read: how many and how large they are, what kind, under which
/// names, and whether they are of those that decide how pull requests are judged.
/// </summary>
public static class ProposalShape
{
    /// <summary>How many paths a pull request may change; GitHub lists no more either.</summary>
    public const int MostFiles = 3000;

    /// <summary>How many bytes a file may have.</summary>
    public const long LargestFile = 10 * 1024 * 1024;

    /// <summary>How many bytes a grade file may have: some ten thousand rows with notes.</summary>
    public const long LargestGrades = 4 * 1024 * 1024;

    /// <summary>How many bytes all files together may have.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    /// <summary>How many a lead or maintainer may change: whole runs of models' outputs.</summary>
    public const int MostFilesOfMaintainers = 30_000;

    private const int MostTold = 20;

    // What is wrong with one file alone; the others can be read without it.
    private static readonly string[] OfOneFile = ["link", "submodule", "executable", "too-large"];

    /// <summary>What makes reading the head unsafe or pointless.</summary>
    /// <param name="changes">Every changed path of the repository.</param>
    /// <param name="basePaths">Every path of the base.</param>
    /// <param name="prefix">The workspace's folder: empty, or ending in <c>/</c>.</param>
    /// <param name="isMaintainer">Whether its author may change how others are judged.</param>
    public static IReadOnlyList<Problem> Check(
        IReadOnlyList<TreeChange> changes,
        IReadOnlyCollection<string> basePaths,
        string prefix,
        bool isMaintainer
    )
    {
        var most = isMaintainer ? MostFilesOfMaintainers : MostFiles;
        if (changes.Count > most)
            return
            [
                Error(
                    "too-many-files",
                    "",
                    $"The pull request changes {changes.Count} files; at most {most} are looked at.",
                    "Split it."
                ),
            ];
        var problems = new List<Problem>();
        foreach (var change in changes)
        {
            var path = Within(change.Path, prefix);
            if (IsUnsafe(change.Path))
                problems.Add(
                    Error(
                        "unsafe-path",
                        path,
                        "The name leads elsewhere, or is not the same file on every system.",
                        "Rename the file: letters, digits, '.', '-' and '_', and no part that is '.git' or ends in a dot or a blank."
                    )
                );
            if (change.IsLink)
                problems.Add(
                    Error(
                        "link",
                        path,
                        "This is a symbolic link, which may lead out of the workspace.",
                        "Put the file itself here."
                    )
                );
            else if (change.IsSubmodule)
                problems.Add(
                    Error(
                        "submodule",
                        path,
                        "This is another repository in the place of a file.",
                        "Put the files themselves here."
                    )
                );
            else if (IsGrades(path) && change.NewMode == "100755")
                problems.Add(
                    Error("executable", path, "A grade file is no program.", $"Run: git update-index --chmod=-x {path}")
                );
            if (change.Size > (IsGrades(path) ? LargestGrades : LargestFile))
                problems.Add(
                    Error(
                        "too-large",
                        path,
                        $"The file has {Mebibytes(change.Size.Value)} MiB; at most {Mebibytes(IsGrades(path) ? LargestGrades : LargestFile)} are taken.",
                        "Make it smaller, or split it; history keeps every version for good."
                    )
                );
        }
        if (changes.Sum(c => c.Size ?? 0) is var all and > MostBytes)
            problems.Add(
                Error(
                    "too-large",
                    "",
                    $"The files have {Mebibytes(all)} MiB together; at most {Mebibytes(MostBytes)} are taken.",
                    "Split it."
                )
            );
        problems.AddRange(Collisions(changes, basePaths, prefix));
        return problems.Count <= MostTold
            ? problems
            :
            [
                .. problems.Take(MostTold),
                Error("more", "", $"There are {problems.Count - MostTold} more files of these kinds.", "Mend the first ones."),
            ];
    }

    /// <summary>The files that must not be read, so that what is wrong with the others can be told at once.</summary>
    /// <param name="problems">What <see cref="Check"/> found.</param>
    /// <returns>Paths of the workspace; null where nothing of the head must be read.</returns>
    public static IReadOnlySet<string>? Unread(IReadOnlyList<Problem> problems) =>
        problems.All(p => p.Path.Length > 0 && OfOneFile.Contains(p.Rule)) ? problems.Select(p => p.Path).ToHashSet() : null;

    /// <summary>Files by which pull requests are judged, changed by somebody who may not, or may and should be looked at.</summary>
    /// <param name="changes">Every changed path of the repository.</param>
    /// <param name="prefix">The workspace's folder.</param>
    /// <param name="author">Who proposes; null where that is not known.</param>
    /// <param name="graders">The base's graders.</param>
    public static IEnumerable<Problem> Protected(
        IReadOnlyList<TreeChange> changes,
        string prefix,
        PullRequestAuthor? author,
        IReadOnlyDictionary<GraderId, Grader> graders
    )
    {
        var may = author?.MayChangeRules(graders);
        foreach (var change in changes)
        {
            var path = Within(change.Path, prefix);
            if (Meaning(change.Path, path) is not { } meaning)
                continue;
            yield return new(
                may == false ? Severity.Error : Severity.Warning,
                "protected-file",
                path,
                null,
                null,
                $"The pull request changes {meaning}.",
                may == false
                    ? $"Take the change out: '{author!.Login}' is neither a lead of the base nor a maintainer."
                    : "Look at this change first; it is never merged without a person."
            );
        }
    }

    /// <summary>A path of the repository as problems tell it: relative to the workspace where it is in it.</summary>
    public static string Within(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path;

    private static bool IsGrades(string path) => path.StartsWith("grades/", StringComparison.Ordinal);

    // graders.yaml is not among them: GradersChange knows what somebody new may do there.
    private static string? Meaning(string inRepository, string inWorkspace)
    {
        var name = inRepository[(inRepository.LastIndexOf('/') + 1)..];
        if (inWorkspace == WorkspaceFolder.BenchmarkFile)
            return "the rubric and the rules, by which everybody's grades are read, counted and merged";
        if (inRepository.StartsWith(".github/", StringComparison.OrdinalIgnoreCase))
            return "what GitHub runs, or who is asked to look";
        return name.ToUpperInvariant() switch
        {
            ".GITATTRIBUTES" => "how git reads, compares and merges files",
            ".GITMODULES" => "which other repositories belong to this one",
            "CODEOWNERS" => "who is asked to look",
            _ => null,
        };
    }

    private static bool IsUnsafe(string path) =>
        path.Any(c => char.IsControl(c) || c is '\\' or ':' or '"' or '<' or '>' or '|' or '?' or '*' or '\uFFFD' || IsTurning(c))
        || path.Split('/').Any(IsUnsafePart);

    private static bool IsUnsafePart(string part) =>
        part is "" or "." or ".."
        || part.EndsWith('.')
        || part.EndsWith(' ')
        || part.StartsWith(".git", StringComparison.OrdinalIgnoreCase) && IsGitFolder(part)
        || part.StartsWith("git~", StringComparison.OrdinalIgnoreCase)
        || Encoding.UTF8.GetByteCount(part) > 255;

    // HFS+ ignores some characters, so that '.g\u200cit' is '.git' there.
    private static bool IsGitFolder(string part) => part.Length == ".git".Length || part[".git".Length] is '~' or ' ' or '.';

    private static bool IsTurning(char c) =>
        c is (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF';

    // Two names that are one on other systems, in any part of the path.
    private static IEnumerable<Problem> Collisions(
        IReadOnlyList<TreeChange> changes,
        IReadOnlyCollection<string> basePaths,
        string prefix
    )
    {
        var removed = changes.Where(c => c.IsRemoved).Select(c => c.Path).ToHashSet(StringComparer.Ordinal);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in basePaths.Where(p => !removed.Contains(p)))
        foreach (var part in Prefixes(path))
            known.TryAdd(Folded(part), part);
        foreach (var change in changes.Where(c => !c.IsRemoved).OrderBy(c => c.Path, StringComparer.Ordinal))
        foreach (var part in Prefixes(change.Path))
            if (!known.TryAdd(Folded(part), part) && known[Folded(part)] is var other && other != part)
            {
                yield return Error(
                    "case-collision",
                    Within(change.Path, prefix),
                    $"'{part}' and '{other}' are the same name on Windows and macOS.",
                    "Rename one of them."
                );
                break;
            }
    }

    private static IEnumerable<string> Prefixes(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
            yield return path[..end];
        yield return path;
    }

    private static string Folded(string name) =>
        (name.Contains('\uFFFD', StringComparison.Ordinal) ? name : name.Normalize(NormalizationForm.FormC)).ToUpperInvariant();

    private static string Mebibytes(long bytes) => NumberText.Of(Math.Round(bytes / 1048576.0, 1));

    private static Problem Error(string rule, string path, string what, string mend) =>
        new(Severity.Error, rule, path, null, null, what, mend);
}
