using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Checking;
using Concord.Pipeline.Git;
using Concord.Pipeline.Judging;
using Concord.Pipeline.Scaffolding;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

/// <summary>
/// Judges a pull request from git's objects alone: nothing is checked out, nothing of it is run, and what its files look like is
/// told before any of them is read. A file that must not be read is taken to be as it was, and the others are judged all the same.
/// </summary>
internal static class CiJudging
{
    private const long MostOfGit = 64 * 1024 * 1024;
    private const int MostCommits = 2000;

    // After the merge there lies the base's consensus, which is published later, and what is proposed there is compared by itself.
    private static readonly string[] OfTheBase = [ConsensusCheck.Behind, "consensus-edited", "no-consensus"];

    /// <summary>Judges.</summary>
    /// <param name="repository">The repository, which has the commits of both ends.</param>
    /// <param name="proposal">The pull request.</param>
    /// <param name="terminal">Takes progress.</param>
    /// <param name="time">The clock: no grade is later.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Judgement> OfAsync(
        GitRepository repository,
        Proposal proposal,
        Terminal terminal,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        // A hostile commit can have a tree of endless names.
        var bounded = repository with
        {
            Git = new(repository.Root) { MostOutput = MostOfGit },
        };
        var full = proposal with
        {
            Base = await bounded.ResolveAsync(proposal.Base, cancellation),
            Head = await bounded.ResolveAsync(proposal.Head, cancellation),
        };
        try
        {
            return await JudgedAsync(bounded, full, terminal, time.GetUtcNow().UtcDateTime, cancellation);
        }
        catch (ConcordException e) when (e.Problems is [{ Rule: GitCommand.TooMuch } problem])
        {
            return Refused(full, [problem]);
        }
    }

    private static async Task<Judgement> JudgedAsync(
        GitRepository repository,
        Proposal proposal,
        Terminal terminal,
        DateTime now,
        CancellationToken cancellation
    )
    {
        var partedAt = await repository.MergeBasesAsync([proposal.Base, proposal.Head], cancellation);
        var commits = await CommitsAsync(repository, proposal, cancellation);
        if (partedAt.Count != 1 || commits > MostCommits)
            return Refused(proposal, [Unclear(partedAt.Count)]);
        // Listed first, which git does as it goes and so can be stopped; a comparison it keeps in memory to its end.
        await PathsAsync(repository, proposal.Head, cancellation);
        var changes = await TreeChange.BetweenAsync(repository.Git, partedAt[0], proposal.Head, cancellation);
        var basePaths = await PathsAsync(repository, proposal.Base, cancellation);
        using var baseTree = await repository.OpenTreeAsync(proposal.Base, terminal.Error.WriteLine, cancellation);
        var graders = WorkspaceReader.ReadGraders(baseTree);
        var author = proposal.Author is { } login ? new PullRequestAuthor(login, proposal.IsFromInside) : null;
        var shape = ProposalShape.Check(changes, basePaths, repository.Prefix, author?.MayChangeRules(graders) == true);
        var guarded = ProposalShape.Protected(changes, repository.Prefix, author, graders).ToArray();
        if (ProposalShape.Unread(shape) is not { } unread)
            return Refused(proposal, [.. Anonymous(proposal), .. shape, .. guarded]);

        using var head = await repository.OpenTreeAsync(proposal.Head, terminal.Error.WriteLine, cancellation);
        using var parted = await repository.OpenTreeAsync(partedAt[0], terminal.Error.WriteLine, cancellation);
        var crossed = await ChangedTwice.OfAsync(repository, partedAt[0], proposal.Base, changes, cancellation);
        var readable = Readable(changes, repository.Prefix, unread);
        // consensus/ is generated: whatever is proposed there is compared by itself, and what holds is the base's.
        using var merged = new OverlayTree(
            baseTree,
            head,
            readable.Where(p => !p.StartsWith("consensus/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal)
        );
        var (before, after) = terminal.While(
            "Checking the workspace before and after",
            () => (WorkspaceCheck.Run(baseTree, now), WorkspaceCheck.Run(merged, now))
        );
        var request = await PullRequestCheck.RunAsync(
            repository,
            // What must not be read is taken to be as it was.
            unread.Count == 0
                ? head
                : new OverlayTree(parted, head, readable),
            proposal.Base,
            proposal.Head,
            terminal.Error.WriteLine,
            author,
            cancellation
        );
        // What must not be read is refused anyhow; what it leaves alone is as the base has it now.
        var withOwners = changes.Any(c => c.Path == CodeOwners.Path) ? proposal.Head : proposal.Base;
        var owners = unread.Count > 0 ? [] : await CodeOwnersCheck.OfAsync(repository, merged, withOwners, cancellation);
        if (owners.Count > 0)
            owners = [.. owners.Except(await CodeOwnersCheck.OfAsync(repository, baseTree, proposal.Base, cancellation))];
        var problems = Sorted(
            [.. Brought(before, after), .. Anonymous(proposal), .. owners, .. request, .. shape, .. guarded, .. crossed]
        );
        var baseErrors = before.Count(p => p.Severity == Severity.Error);
        var workspace = SoundIn(baseTree);
        var change =
            unread.Count == 0 && workspace is not null
                ? terminal.While("Computing the consensus before and after", () => ChangeOf(workspace, merged))
                : null;
        return new(
            proposal,
            problems,
            baseErrors,
            change,
            MergeRule.Against(
                // Only the base says who merges; a pull request could else allow itself.
                workspace?.Benchmark.Merge ?? MergePolicy.Manual,
                proposal,
                problems,
                [.. author?.Among(graders).Select(g => g.Id) ?? []],
                commits,
                changes,
                repository.Prefix,
                change?.Difference
            ),
            await CommitSignatures.OfAsync(repository, proposal.Base, proposal.Head, terminal.Error.WriteLine, cancellation)
        );
    }

    // The clock of whoever checks at home may be wrong, the forge's is right.
    private static IEnumerable<Problem> Brought(IReadOnlyList<Problem> before, IReadOnlyList<Problem> after) =>
        after
            .Except(before)
            .Where(p => !OfTheBase.Contains(p.Rule))
            .Select(p => p.Rule == FutureGrades.Rule ? p with { Severity = Severity.Error } : p);

    private static Judgement Refused(Proposal proposal, IReadOnlyList<Problem> problems) =>
        new(proposal, Sorted(problems), 0, null, ["it has errors"], null);

    private static ProposedChange? ChangeOf(Workspace before, FileTree merged) =>
        SoundIn(merged) is { } after ? ProposedChange.Of(before, after) : null;

    private static Workspace? SoundIn(FileTree tree) =>
        WorkspaceReader.Read(tree) is { Errors.Count: 0, Workspace: { } workspace } ? workspace : null;

    private static HashSet<string> Readable(IReadOnlyList<TreeChange> changes, string prefix, IReadOnlySet<string> unread) =>
        [
            .. changes
                .Where(c => c.Path.StartsWith(prefix, StringComparison.Ordinal))
                .Select(c => c.Path[prefix.Length..])
                .Where(p => !unread.Contains(p)),
        ];

    // One more than may be, where there are more.
    private static async Task<int> CommitsAsync(GitRepository repository, Proposal proposal, CancellationToken cancellation) =>
        int.Parse(
            await repository.Git.RunAsync(
                ["rev-list", $"--max-count={MostCommits + 1}", "--count", $"{proposal.Base}..{proposal.Head}", "--"],
                cancellation
            ),
            CultureInfo.InvariantCulture
        );

    // Else less knowledge would give a better verdict.
    private static Problem[] Anonymous(Proposal proposal) =>
        proposal.Author is not null
            ? []
            :
            [
                new(
                    Severity.Warning,
                    "no-author",
                    "",
                    null,
                    null,
                    "Nobody said whose login the pull request is of, so only the commits' addresses, which anybody can write, tell whose files it may change.",
                    "Give the login with --author, or the forge's event with --event; else look at who proposes."
                ),
            ];

    private static Problem Unclear(int partings) =>
        partings switch
        {
            0 => Error(
                "no-common-commit",
                "The pull request has no commit in common with its base that this clone knows.",
                "Fetch the whole history; begin the branch at the base."
            ),
            1 => Error("too-many-commits", $"The pull request has more than {MostCommits} commits.", "Squash it."),
            _ => Error(
                "crossed-history",
                "The histories of the pull request and its base crossed, so that what it changes has no one answer.",
                "Rebase the branch onto the base."
            ),
        };

    private static async Task<IReadOnlyCollection<string>> PathsAsync(
        GitRepository repository,
        string commit,
        CancellationToken cancellation
    ) =>
        (await repository.Git.RunAsync(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit], cancellation)).Split(
            '\0',
            StringSplitOptions.RemoveEmptyEntries
        );

    private static IReadOnlyList<Problem> Sorted(IEnumerable<Problem> problems) =>
        [.. Problem.Sorted(problems).OrderByDescending(p => p.Severity)];

    private static Problem Error(string rule, string what, string mend) => new(Severity.Error, rule, "", null, null, what, mend);
}
