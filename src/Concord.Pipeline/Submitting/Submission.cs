using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Submitting;

/// <summary>Hands sessions in: folds each into one commit, pushes it, proposes it (src/decisions/0025-submitting.md).</summary>
public sealed class Submission
{
    private const string Backups = "refs/concord/submitted";

    private readonly SubmitOptions _options;
    private readonly GitRepository _repository;
    private readonly RemoteGit _git;
    private readonly SubmitRemotes _remotes;
    private RemoteBranches _into = null!;
    private RemoteBranches _pushed = null!;

    private Submission(SubmitOptions options, GitRepository repository, SubmitRemotes remotes)
    {
        (_options, _repository, _remotes) = (options, repository, remotes);
        _git = new(repository.Root, options.MayAsk, options.Patience);
    }

    /// <summary>The commit of the default branch, as the remote has it now.</summary>
    public string Into => _into.Commit!;

    /// <summary>The name of the default branch.</summary>
    public string IntoName => _into.Default!;

    /// <summary>The remote that branches are pushed to, in words.</summary>
    public string PushName => _remotes.Push is { } push ? RemoteGit.Sealed(push) : "your fork";

    /// <summary>Whether the session's commits are pushed as they are, instead of one.</summary>
    public bool KeepsCommits => _options.KeepCommits;

    private GitCommand Git => _repository.Git;

    /// <summary>Asks the remote what it has, and fetches that.</summary>
    /// <exception cref="ConcordException">There is no remote, it does not answer, or has no branch.</exception>
    public static async Task<Submission> OpenAsync(SubmitOptions options, CancellationToken cancellation)
    {
        var repository = await GitRepository.FindAsync(options.Root, cancellation);
        var remotes = await SubmitRemotes.FindAsync(repository.Git, options.Fork, cancellation);
        if (remotes.Push is null && !options.DryRun)
        {
            using var forge = await Forge.OfAsync(options, repository, remotes.Into, push: false, cancellation);
            remotes = remotes with { Push = await forge.ForkAsync(remotes.Into, cancellation) };
        }
        var submission = new Submission(options, repository, remotes);
        await submission.FetchAsync(cancellation);
        return submission;
    }

    /// <summary>Whether a clone has anywhere to hand grades in.</summary>
    public static async Task<bool> HasRemoteAsync(GitRepository repository, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return (await repository.Git.TryRunAsync(["remote"], cancellation)).Text.Trim().Length > 0;
    }

    /// <summary>Asks again, after somebody else pushed.</summary>
    public async Task FetchAsync(CancellationToken cancellation)
    {
        var push = _remotes.Push ?? _remotes.Into;
        _options.Say($"Asking '{_remotes.Into}' what it has.");
        var pattern = $"grading/{_options.Grader}-*";
        _into = await RemoteBranches.AskAsync(_git, _remotes.Into, pattern, cancellation);
        if (_into is not { Default: { } name, Commit: not null })
            throw new ConcordException(
                "empty-remote",
                $"The remote '{_remotes.Into}' has no default branch yet.",
                "Push the benchmark itself first, such as by: git push origin main."
            );
        _pushed = push == _remotes.Into ? _into : await RemoteBranches.AskAsync(_git, push, pattern, cancellation);
        await FetchAsync(_remotes.Into, push == _remotes.Into ? [name, .. Own(_into)] : [name], cancellation);
        if (push != _remotes.Into && Own(_pushed) is { Count: > 0 } own)
            await FetchAsync(push, own, cancellation);
    }

    /// <summary>Says what is to become of a branch, and makes the commit; no branch is moved.</summary>
    /// <exception cref="ConcordException">The branch has what is not the session's, or a file cannot be read.</exception>
    public Task<SubmitPlan> PlanAsync(SubmittedBranch branch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(branch);
        return new SessionFold(
            _options,
            _repository,
            Into,
            _into.Default!,
            _pushed.Branches.GetValueOrDefault(branch.Branch)
        ).PlanAsync(branch, cancellation);
    }

    /// <summary>Moves the branch to the plan's commit, if it is where it was; what it was at stays reachable.</summary>
    /// <exception cref="ConcordException">Somebody moved it meanwhile.</exception>
    public async Task MoveAsync(SubmitPlan plan, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.Moves)
            return;
        await KeepAsync(plan, cancellation);
        var moved = await Git.TryRunAsync(
            ["update-ref", "-m", "concord submit", $"refs/heads/{plan.Branch}", plan.Commit!, plan.From.Commit],
            cancellation
        );
        if (moved.ExitCode != 0)
            throw new ConcordException(
                "branch-moved",
                $"The branch {plan.Branch} was changed by somebody else meanwhile: {RemoteBranches.Words(moved)}.",
                "Run the command again."
            );
    }

    /// <summary>Pushes the plan's commit, never over something that this clone does not know.</summary>
    /// <returns>What the remote said; null where its branch is another one meanwhile, so that a new plan is due.</returns>
    /// <exception cref="ConcordException">The remote does not take it, or is not reached.</exception>
    public async Task<string?> PushAsync(SubmitPlan plan, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Remote == plan.Commit)
            return "";
        var remote = _remotes.Push!;
        _options.Say($"Pushing {plan.Branch} to '{remote}'.");
        var answer = await _git.TryRunAsync(
            [
                "push",
                "--porcelain",
                "--no-follow-tags",
                "--recurse-submodules=no",
                $"--force-with-lease=refs/heads/{plan.Branch}:{plan.Remote}",
                remote,
                $"{plan.Commit}:refs/heads/{plan.Branch}",
            ],
            cancellation
        );
        if (answer.ExitCode == 0)
            return answer.Error;
        // Only the remote knows: the answer may have been lost, or somebody else was quicker.
        var now = (await TryAskAsync(remote, plan.Branch, cancellation))?.Branches.GetValueOrDefault(plan.Branch);
        if (now == plan.Commit)
            return answer.Error;
        if (now is not null && now != plan.Remote)
            return null;
        throw new ConcordException(
            "push-refused",
            $"The remote '{remote}' did not take the branch {plan.Branch}: {RemoteBranches.Words(Refused(answer))}.",
            $"The grades are safe on that branch here, as {(_options.KeepCommits ? "they were" : "one commit")}. Mend what is said, or use --fork if you may not push there, and run 'concord submit' again: it goes on where it stopped."
        );
    }

    /// <summary>What would be done for the pull request once a branch is pushed, in a sentence; asks nobody but for a token.</summary>
    public async Task<string> ProposingAsync(CancellationToken cancellation)
    {
        using var to = await Forge.OfAsync(_options, _repository, _remotes.Into, push: false, cancellation);
        if (await to.ClientAsync(cancellation) is not null)
            return $"{(_options.Draft ? "A draft of a pull request" : "A pull request")} for {IntoName} would be opened, or brought up to date.";
        var byHand =
            to.IsGitHub
                ? "There is no token (GH_TOKEN, or 'gh auth login'), so the page would be named on which you open the pull request"
            : to.Address is { } address && Forge.IsKnownHost(address)
                ? "The page would be named on which you open the request to merge it"
            : "You would open the pull request where the repository is kept, for its forge is not known";
        return $"{byHand}{(_options.Draft ? ", and choose there that it is a draft" : "")}.";
    }

    /// <summary>Opens or updates the pull request of a branch that was pushed, or says where that is done by hand.</summary>
    /// <param name="plan">What was pushed.</param>
    /// <param name="said">What the remote said.</param>
    /// <param name="shared">Gives agreement with others, as far as the grader may see it, from the benchmark as the default branch has it.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<SubmitResult> ProposeAsync(
        SubmitPlan plan,
        string said,
        Func<Workspace, IReadOnlyList<SharedCriterion>> shared,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shared);
        return new BranchProposal(_options, _repository, _remotes, IntoName).OfAsync(
            plan,
            said,
            async () =>
                ProposalText.Of(
                    plan,
                    _options.Grader,
                    plan.Rubric,
                    await WorkspaceAsync(cancellation) is { } workspace ? shared(workspace) : null
                ),
            cancellation
        );
    }

    // Nothing is said of others where the default branch has an error.
    private async Task<Workspace?> WorkspaceAsync(CancellationToken cancellation)
    {
        using var tree = await _repository.OpenTreeAsync(Into, _options.Say, cancellation);
        var reading = WorkspaceReader.Read(tree, new(_repository.CommonFolder));
        return reading.Errors.Count == 0 ? reading.Workspace : null;
    }

    // What matters stands behind 'remote:', and in the line of the branch.
    private static GitResult Refused(GitResult answer)
    {
        var said = answer
            .Error.Split('\n')
            .Select(l => l.Trim())
            .Where(l => !l.StartsWith("To ", StringComparison.Ordinal) && !l.StartsWith("hint:", StringComparison.Ordinal))
            .Select(l => l.StartsWith("remote:", StringComparison.Ordinal) ? l["remote:".Length..].Trim() : l);
        var line = answer.Text.Split('\n').Where(l => l.StartsWith('!')).Select(l => l.Split('\t')[^1].Trim());
        return answer with { Error = string.Join('\n', line.Concat(said).Where(l => l.Length > 0)) };
    }

    private async Task<RemoteBranches?> TryAskAsync(string remote, string branch, CancellationToken cancellation)
    {
        try
        {
            return await RemoteBranches.AskAsync(_git, remote, branch, cancellation);
        }
        catch (ConcordException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> Own(RemoteBranches remote) =>
        [.. remote.Branches.Keys.Where(b => b.StartsWith("grading/", StringComparison.Ordinal))];

    private async Task FetchAsync(string remote, IReadOnlyList<string> branches, CancellationToken cancellation)
    {
        // An address has no branches of its own here; a dry run gets the objects alone.
        var isNamed = (await Git.TryRunAsync(["config", "--get", $"remote.{remote}.url"], cancellation)).ExitCode == 0;
        var follows = isNamed && !_options.DryRun;
        await RemoteBranches.FetchAsync(
            _git,
            remote,
            branches.Select(b => follows ? $"+refs/heads/{b}:refs/remotes/{remote}/{b}" : $"refs/heads/{b}"),
            "Nothing is lost, and no branch was changed. Mend what git says, then run the command again.",
            cancellation
        );
    }

    private async Task KeepAsync(SubmitPlan plan, CancellationToken cancellation)
    {
        var folder = $"{Backups}/{plan.Session}/";
        var kept = (await Git.RunAsync(["for-each-ref", "--format=%(objectname) %(refname)", folder], cancellation))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ', 2))
            .ToArray();
        if (kept.Any(k => k[0] == plan.From.Commit))
            return;
        var last = kept.Select(k => int.TryParse(k[1][folder.Length..], out var n) ? n : 0).DefaultIfEmpty().Max();
        await Git.RunAsync(["update-ref", $"{folder}{last + 1}", plan.From.Commit, ""], cancellation);
    }
}
