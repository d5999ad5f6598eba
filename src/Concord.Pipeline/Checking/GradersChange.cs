using Concord.Core.Domain;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>What a pull request does to graders.yaml: somebody new may add exactly the own entry, and leads and maintainers anything.</summary>
/// <param name="Newcomer">The grader who adds the own entry; null where nobody does.</param>
/// <param name="Problems">What may not be.</param>
internal sealed record GradersChange(GraderId? Newcomer, IReadOnlyList<Problem> Problems)
{
    private static readonly GradersChange None = new(null, []);

    /// <summary>Compares the base with the head.</summary>
    /// <param name="baseTree">The base, whose graders hold.</param>
    /// <param name="head">The head.</param>
    /// <param name="author">Who proposes; null where that is not known, and then nothing is said.</param>
    public static GradersChange Of(FileTree baseTree, FileTree head, PullRequestAuthor? author)
    {
        if (author is null || head.Read(GradersYaml.Path).AsSpan().SequenceEqual(baseTree.Read(GradersYaml.Path)))
            return None;
        var (old, now) = (WorkspaceReader.ReadGraders(baseTree), WorkspaceReader.ReadGraders(head));
        Grader[] added = [.. now.Values.Where(g => !old.ContainsKey(g.Id)).OrderBy(g => g.Id)];
        var own = Array.Find(added, author.Is);
        if (author.MayChangeRules(old))
            return new(own?.Id, []);
        var problems = new List<Problem>();
        foreach (var grader in old.Values.OrderBy(g => g.Id))
            if (!now.TryGetValue(grader.Id, out var same))
                Refuse($"It removes '{grader.Id}'.");
            else if (!Equal(grader, same))
                Refuse($"It changes the entry of '{grader.Id}'.");
        foreach (var grader in added.Where(g => g != own))
            Refuse(
                $"It adds '{grader.Id}' with {(grader.Github is { } login ? $"the login '{login}'" : "no login")}, and is proposed by '{author.Login}'."
            );
        if (own is not null)
            foreach (var what in Claims(own, author, old, baseTree))
                Refuse(what);
        return new(problems.Count == 0 ? own?.Id : null, problems);

        void Refuse(string what) =>
            problems.Add(
                new(
                    Severity.Error,
                    "graders-changed",
                    GradersYaml.Path,
                    null,
                    null,
                    what,
                    $"Somebody new adds one line for himself, such as '- {{id: …, emails: [...], github: {author.Login}}}'; all else is for a lead or a maintainer."
                )
            );
    }

    // What is claimed beyond being a grader like others.
    private static IEnumerable<string> Claims(
        Grader own,
        PullRequestAuthor author,
        IReadOnlyDictionary<GraderId, Grader> old,
        FileTree baseTree
    )
    {
        if (author.Among(old) is [var listed, ..])
            yield return $"It adds '{own.Id}' for '{author.Login}', who is '{listed.Id}' already.";
        if (own.Role != GraderRole.Grader)
            yield return $"It makes its own author '{own.Id}' a {Names.Of(own.Role)}.";
        if (own.Kind != GraderKind.Human || own.Groups.Count > 0 || own.Weight != 1)
            yield return $"It gives its own author '{own.Id}' a kind, a group or a weight.";
        if (baseTree.List("grades").Any(e => IsOf(e.Path, own.Id)))
            yield return $"It takes the name '{own.Id}', under which somebody has graded already.";
    }

    private static bool IsOf(string path, GraderId id) =>
        GradeSheet.TryParseName(path["grades/".Length..], out var owner, out _, out _, out _) && owner == id;

    private static bool Equal(Grader a, Grader b) =>
        a with { Emails = b.Emails, Groups = b.Groups } == b
        && a.Emails.SequenceEqual(b.Emails)
        && a.Groups.SequenceEqual(b.Groups);
}
