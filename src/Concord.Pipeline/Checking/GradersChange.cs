using Concord.Core.Domain;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>What a pull request does to graders.yaml: somebody new may add exactly the own entry, and leads and maintainers anything, which is told.</summary>
/// <param name="Newcomer">The grader who adds the own entry; null where nobody does.</param>
/// <param name="Problems">What may not be.</param>
internal sealed record GradersChange(GraderId? Newcomer, IReadOnlyList<Problem> Problems)
{
    private static readonly GradersChange None = new(null, []);

    /// <summary>Compares the head with where it parted from the base, which may have gone on.</summary>
    /// <param name="baseTree">The base, whose graders hold.</param>
    /// <param name="partedAt">Where they parted.</param>
    /// <param name="head">The head.</param>
    /// <param name="author">Who proposes; null where that is not known, and then nothing is said.</param>
    public static GradersChange Of(FileTree baseTree, FileTree partedAt, FileTree head, PullRequestAuthor? author)
    {
        if (author is null || head.Read(GradersYaml.Path).AsSpan().SequenceEqual(partedAt.Read(GradersYaml.Path)))
            return None;
        var listed = WorkspaceReader.ReadGraders(baseTree);
        var (old, now) = (WorkspaceReader.ReadGraders(partedAt), WorkspaceReader.ReadGraders(head));
        Grader[] added = [.. now.Values.Where(g => !old.ContainsKey(g.Id)).OrderBy(g => g.Id)];
        var own = Array.Find(added, author.Is);
        var (may, problems) = (author.MayChangeRules(listed), new List<Problem>());
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
            foreach (var what in Claims(own, author, listed, baseTree))
                Refuse(what);
        return new(problems.Count == 0 || may ? own?.Id : null, problems);

        void Refuse(string what) =>
            problems.Add(
                new(
                    may ? Severity.Warning : Severity.Error,
                    "graders-changed",
                    GradersYaml.Path,
                    null,
                    null,
                    what,
                    may
                        ? "Look at this change first; it is never merged without a person."
                        : $"Somebody new adds one line for himself, such as '- {{id: …, emails: [...], github: {author.Login}}}'; all else is for a lead or a maintainer."
                )
            );
    }

    // What is claimed beyond being a grader like others.
    private static IEnumerable<string> Claims(
        Grader own,
        PullRequestAuthor author,
        IReadOnlyDictionary<GraderId, Grader> listed,
        FileTree baseTree
    )
    {
        if (author.Among(listed) is [var self, ..])
            yield return $"It adds '{own.Id}' for '{author.Login}', who is '{self.Id}' already.";
        if (listed.ContainsKey(own.Id))
            yield return $"It adds '{own.Id}', who has been added meanwhile.";
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
