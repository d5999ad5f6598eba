using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Scaffolding;

/// <summary>
/// <c>.github/CODEOWNERS</c>, by which GitHub asks for reviews: each grader's files are the grader's, all else is the leads'.
/// Concord writes a part of it between two marks, from graders.yaml; lines outside of that are the user's.
/// </summary>
public static class CodeOwners
{
    /// <summary>Its path from the repository's root.</summary>
    public const string Path = ".github/CODEOWNERS";

    private const string Begin = "# concord: made from graders.yaml by 'concord doctor --fix'; edit outside of these marks";
    private const string End = "# concord: end";

    /// <summary>The file for some graders.</summary>
    /// <param name="old">The file as it is; null where there is none.</param>
    /// <param name="graders">The graders.</param>
    /// <param name="prefix">The workspace's folder in the repository: empty, or ending in <c>/</c>.</param>
    public static byte[] Of(byte[]? old, IReadOnlyList<Grader> graders, string prefix)
    {
        var text = Encoding.UTF8.GetString(old ?? []);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        var (before, after) =
            end >= 0 ? (text[..begin], text[(end + End.Length)..])
            // Of two lines that fit a path the later counts, so a part that is new goes first and users' lines keep their say.
            : text.Length == 0 ? ("", "\n")
            : ("", "\n" + text);
        return Encoding.UTF8.GetBytes($"{before}{Begin}\n{string.Concat(Lines(graders, prefix))}{End}{after}");
    }

    /// <summary>Whether the part that Concord wrote is not what graders.yaml says now.</summary>
    /// <param name="workspace">The workspace's files.</param>
    /// <param name="top">The repository's files.</param>
    /// <param name="prefix">The workspace's folder in the repository: empty, or ending in <c>/</c>.</param>
    /// <returns>False too where Concord wrote nothing there, and where graders.yaml cannot be read, which is told elsewhere.</returns>
    public static bool IsBehind(FileTree workspace, FileTree top, string prefix)
    {
        if (top.Read(Path) is not { } file || !Encoding.UTF8.GetString(file).Contains(Begin, StringComparison.Ordinal))
            return false;
        try
        {
            return Graders(workspace) is { } graders && !file.AsSpan().SequenceEqual(Of(file, graders, prefix));
        }
        catch (ConcordException)
        {
            return false;
        }
    }

    /// <summary>How a repository's file is, and what its graders mean for reviews; null where it is to be written anew.</summary>
    /// <exception cref="ConcordException">graders.yaml cannot be read.</exception>
    public static string? InWords(GitRepository repository)
    {
        var graders = Graders(repository);
        if (Missing(repository, graders) is not null)
            return null;
        if (graders is null)
            return "not in a workspace";
        if (!graders.Exists(g => Login(g) is not null))
            return "nothing to write: no grader has 'github:' in graders.yaml";
        // Nobody approves an own pull request.
        return graders.Where(g => g.Role == GraderRole.Lead).Select(Login).OfType<string>().Distinct().Count() switch
        {
            0 => "as graders.yaml says; no lead has 'github:', so do not require reviews of code owners",
            1 => "as graders.yaml says; of one lead, whose own files nobody else can approve",
            _ => "as graders.yaml says",
        };
    }

    /// <summary>Makes it true.</summary>
    /// <returns>Whether anything was written.</returns>
    /// <exception cref="ConcordException">graders.yaml cannot be read.</exception>
    public static bool Fix(GitRepository repository)
    {
        if (Missing(repository, Graders(repository)) is not { } file)
            return false;
        AtomicFile.Replace(File(repository), file);
        return true;
    }

    // The file that is to be written; null where it is there. None is made for nobody, nor for a folder without a workspace.
    private static byte[]? Missing(GitRepository repository, List<Grader>? graders)
    {
        var old = Read(repository);
        if (graders is null || (old is null && !graders.Exists(g => Login(g) is not null)))
            return null;
        var wanted = Of(old, graders, repository.Prefix);
        return wanted.AsSpan().SequenceEqual(old) ? null : wanted;
    }

    private static List<Grader>? Graders(GitRepository repository)
    {
        using var tree = new WorkTree(System.IO.Path.Combine(repository.Root, repository.Prefix));
        return Graders(tree);
    }

    private static List<Grader>? Graders(FileTree tree)
    {
        if (tree.Read(GradersYaml.Path) is not { } yaml)
            return null;
        var problems = new ProblemList(GradersYaml.Path);
        var graders = YamlDocument.Parse(yaml, problems) is { } root ? GradersYaml.Read(root, problems) : [];
        if (problems.HasErrors)
            throw new ConcordException(Problem.Sorted(problems.Problems));
        return graders ?? [];
    }

    private static IEnumerable<string> Lines(IReadOnlyList<Grader> graders, string prefix)
    {
        string[] leads = [.. graders.Where(g => g.Role == GraderRole.Lead).Select(Login).OfType<string>().Distinct()];
        // A space in a path is written with a backslash.
        var folder = "/" + prefix.Replace(" ", "\\ ", StringComparison.Ordinal);
        if (leads.Length > 0)
            foreach (var place in new[] { $"{folder}benchmarks/", $"{folder}consensus/", $"{folder}grades/", "/.github/" })
                yield return $"{place} {string.Join(' ', leads)}\n";
        // 'ada-*' fits the files of 'ada-b' too; sorted, those come later and count.
        foreach (var grader in graders.OrderBy(g => g.Id.Value, StringComparer.Ordinal))
            if (Login(grader) is { } login)
                // A lead too: else nobody but the author could approve.
                yield return $"{folder}grades/{grader.Id}-*.csv {string.Join(' ', leads.Prepend(login).Distinct())}\n";
    }

    private static byte[]? Read(GitRepository repository) =>
        System.IO.File.Exists(File(repository)) ? System.IO.File.ReadAllBytes(File(repository)) : null;

    private static string File(GitRepository repository) => System.IO.Path.Combine(repository.Root, Path);

    // A line of CODEOWNERS gives rights, and an app's account cannot have them.
    private static string? Login(Grader grader) =>
        grader.Github is { } login && GitHubLogin.IsLogin(login) && !login.EndsWith(']') ? $"@{login}" : null;
}
