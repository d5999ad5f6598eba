using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Checking;

/// <summary>Whether who changes a grade file may: its grader, or a lead who imports.</summary>
/// <param name="baseTree">The base.</param>
/// <param name="graders">The base's graders.</param>
/// <param name="author">Who proposes, as the forge says; null where only commits tell.</param>
/// <param name="newcomer">The grader whose entry the author adds; null for none.</param>
/// <param name="shallow">Whether commits may be missing.</param>
internal sealed class GradeFileOwner(
    FileTree baseTree,
    IReadOnlyDictionary<GraderId, Grader> graders,
    PullRequestAuthor? author,
    GraderId? newcomer,
    bool shallow
)
{
    private const string Forge = "noreply@github.com";

    private const string OwnersOnly = "Only its grader changes a grade file; a lead imports with the trailer 'Imported-by:'.";
    private const string LeadsOnly =
        "Only its lead changes a file of decisions; another lead decides in an own file, and the later decision holds.";

    private readonly IReadOnlyList<Grader> _own = author?.Among(graders) ?? [];

    /// <summary>One file whose state at the head is not the base's.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="commits">The commits that changed it.</param>
    /// <param name="removed">Whether the head has it no more.</param>
    public IReadOnlyList<Problem> Check(string file, IReadOnlyList<CommitRecord> commits, bool removed)
    {
        if (!GradeSheet.TryParseName(file, out var id, out _, out var adjudicated, out _))
            return [];
        var change = new Change($"grades/{file}", id, commits, adjudicated, removed);
        if (adjudicated && !removed && graders.GetValueOrDefault(id) is not { Adjudicates: true })
            return
            [
                change.Found(
                    Severity.Error,
                    "not-a-lead",
                    $"The file holds decisions of '{id}', who is no lead in graders.yaml of the base.",
                    "Take the file out of the pull request; a maintainer makes somebody a lead in a pull request before."
                ),
            ];
        if (author is null)
            return graders.TryGetValue(id, out var unproven) ? ByAddress(change, unproven) : [Unknown(change)];
        if (id == newcomer || _own.Any(g => g.Id == id))
            return [];
        if (IsImportByLogin(change))
            return [];
        if (graders.TryGetValue(id, out var owner))
            return owner.Github is null && _own.Count == 0
                ?
                [
                    change.Found(
                        Severity.Warning,
                        "no-login",
                        $"graders.yaml of the base has no login of '{id}', so only the commits' addresses, which anybody can write, say that '{author.Login}' may change this file.",
                        "Let a maintainer add 'github:' to the grader."
                    ),
                    .. ByAddress(change, owner),
                ]
                : [Foreign(change, owner.Github)];
        if (_own.Count > 0 || newcomer is not null)
            return [Foreign(change, null)];
        return baseTree.List("grades").Any(e => IsOf(e.Path, id))
            ?
            [
                change.Found(
                    Severity.Error,
                    "unknown-owner",
                    $"The grader '{id}' has graded before and is not in graders.yaml of the base, so it cannot be told whether '{author.Login}' is the same.",
                    "Let a maintainer add the grader with 'github:' first."
                ),
            ]
            :
            [
                change.Found(
                    Severity.Warning,
                    "unknown-owner",
                    $"The grader '{id}' is not in graders.yaml.",
                    $"Add '- {{id: {id}, emails: [...], github: {author.Login}}}' to benchmarks/graders.yaml in this pull request."
                ),
            ];
    }

    private Problem Foreign(Change change, string? login) =>
        change.Found(
            Severity.Error,
            "foreign-file",
            $"The pull request is by '{author!.Login}'{(_own is [var self, ..] ? $", who grades as '{self.Id}'" : "")}, and changes the file of '{change.Owner}'{(login is null ? "" : $", whose login is '{login}'")}.",
            change.Adjudicated ? LeadsOnly : OwnersOnly
        );

    // The trailer says whose import it is, the forge who proposes it. Nobody decides in another lead's name; a lead may only clear
    // such a file away.
    private bool IsImportByLogin(Change change) =>
        (!change.Adjudicated || change.Removed)
        && change.Commits.Count > 0
        && change.Commits.All(c =>
            GraderId.TryParse(c.Trailer, out var id) && _own.Any(g => g.Id == id && g.Role == GraderRole.Lead)
        );

    private static Problem Unknown(Change change) =>
        change.Found(
            Severity.Warning,
            "unknown-owner",
            $"The grader '{change.Owner}' is not in graders.yaml of the base, so it cannot be told whether the author may write this file.",
            "Let a maintainer add the grader first, or look at the author."
        );

    private List<Problem> ByAddress(Change change, Grader owner)
    {
        var (id, adjudicated, removed) = (change.Owner, change.Adjudicated, change.Removed);
        if (owner.Emails.Count == 0)
            return
            [
                change.Found(
                    Severity.Warning,
                    "unknown-owner",
                    $"graders.yaml of the base has no e-mail address of '{id}', so authors cannot be compared.",
                    "Add 'emails:' to the grader."
                ),
            ];
        var problems = new List<Problem>();
        if (change.Commits.Count == 0 && !shallow)
            problems.Add(
                change.Found(
                    Severity.Error,
                    "foreign-file",
                    $"The file of '{id}' is not as in the base, and no commit here says who changed it.",
                    $"Take the base's file: git checkout BASE -- {change.Path}"
                )
            );
        foreach (var commit in change.Commits)
        {
            var (name, by, committer) = (commit.ShortId, commit.Author, commit.Committer);
            // Nobody decides in another lead's name; a lead may only clear a file away.
            if (Owns(owner, by) || (!adjudicated || removed) && IsImport(commit.Trailer, by))
                continue;
            problems.Add(
                committer == Forge && by.EndsWith("noreply.github.com", StringComparison.OrdinalIgnoreCase)
                    ? change.Found(
                        Severity.Warning,
                        "unknown-author",
                        $"Commit {name} was made by the forge (a squash or an edit in the browser), so its author {by} cannot be compared with '{id}'.",
                        "Look at the pull request's author."
                    )
                    : change.Found(
                        Severity.Error,
                        "foreign-file",
                        $"Commit {name} by {by} changes the file of '{id}', who commits as {string.Join(" or ", owner.Emails)}.",
                        adjudicated ? LeadsOnly : OwnersOnly
                    )
            );
        }
        return problems;
    }

    private static bool Owns(Grader grader, string email) => grader.Emails.Contains(email, StringComparer.OrdinalIgnoreCase);

    private bool IsImport(string importedBy, string email) =>
        importedBy.Length > 0
        && GraderId.TryParse(importedBy, out var id)
        && graders.TryGetValue(id, out var lead)
        && lead.Role == GraderRole.Lead
        && Owns(lead, email);

    private static bool IsOf(string path, GraderId id) =>
        GradeSheet.TryParseName(path["grades/".Length..], out var owner, out _, out _, out _) && owner == id;

    private sealed record Change(string Path, GraderId Owner, IReadOnlyList<CommitRecord> Commits, bool Adjudicated, bool Removed)
    {
        public Problem Found(Severity severity, string rule, string what, string mend) =>
            new(severity, rule, Path, null, null, what, mend);
    }
}
