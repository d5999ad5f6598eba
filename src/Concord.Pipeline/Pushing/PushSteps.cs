using Concord.Core.Domain;
using Concord.Pipeline.Hub;

namespace Concord.Pipeline.Pushing;

/// <summary>
/// Compares, sends and commits, until the branch has the files. A commit names the head that was compared with: where others were
/// faster, or its answer was lost, the head is read and compared again, and nothing is committed twice.
/// </summary>
/// <param name="hub">The dataset.</param>
/// <param name="store">For large files.</param>
/// <param name="asked">What was asked for.</param>
/// <param name="options">How.</param>
/// <param name="files">The folder's.</param>
internal sealed class PushSteps(
    HubDataset hub,
    LfsStore store,
    PushRequest asked,
    PushOptions options,
    IReadOnlyList<LocalFile> files
)
{
    private const int Rounds = 5;

    private readonly Dictionary<string, PreuploadMode> _modes = new(StringComparer.Ordinal);

    // Where it is asked how files are kept: main, as long as the branch is only told of.
    private string _revision = asked.Revision;

    /// <summary>Pushes, or tells what would be pushed.</summary>
    /// <param name="dataset">Null where it is still to be made.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<PushOutcome> RunAsync(HostedDataset? dataset, CancellationToken cancellation)
    {
        var plain = new PushOutcome(asked.Name.ToString(), asked.Revision, hub.Page)
        {
            IsPullRequest = options.AsPullRequest,
            Same = files.Count,
        };
        if (dataset is null)
            return Told(plain, new(files, []));
        var (head, isNewBranch) = await BranchAsync(dataset, cancellation);
        plain = plain with { IsNewBranch = isNewBranch };
        var tagged = asked.Tag is { } tag ? await hub.TaggedAsync(tag, cancellation) : null;
        PushOutcome? doubtful = null;
        Func<ConcordException>? failure = null;
        for (var round = 1; ; round++)
        {
            var plan = await PlanAsync(head, cancellation);
            if (plan.IsEmpty)
                // After a commit whose answer was lost, what is there is that commit's.
                return await TaggedAsync(
                    (doubtful ?? plain) with
                    {
                        Commit = head,
                        Page = head is null ? hub.Page : $"{hub.Page}/commit/{head}",
                        IsPullRequest = false,
                    },
                    tagged,
                    cancellation
                );
            if (tagged is not null)
                throw TagIsElsewhere(tagged);
            var summary = asked.Summary ?? (plan.Changed.Count == files.Count ? "Add the dataset" : "Update the dataset");
            if (options.AsPullRequest && await ProposedAsync(summary, cancellation) is { } number)
                return (doubtful ?? plain) with { Page = $"{hub.Page}/discussions/{number}" };
            if (round > Rounds)
                throw failure!();
            var outcome = Told(plain, plan);
            if (options.DryRun)
                return outcome;

            var large = plan.Changed.Where(IsLarge).ToArray();
            await store.StoreAsync(large, asked.Revision, cancellation);
            outcome = outcome with { Sent = store.Sent, Found = store.Found, IsCommitted = true };
            var (commit, answer) = await hub.CommitAsync(
                new(summary, asked.Description, head, [.. plan.Changed.Except(large)], large, plan.Removed),
                asked.Revision,
                options.AsPullRequest,
                cancellation
            );
            if (commit is not null)
                return await TaggedAsync(
                    outcome with
                    {
                        Commit = commit.CommitOid,
                        Page = options.AsPullRequest
                            ? hub.PageOf(commit.PullRequestUrl, "discussions")
                            : hub.PageOf(commit.CommitUrl, $"commit/{commit.CommitOid}"),
                    },
                    tagged,
                    cancellation
                );
            var isMoved = answer.Status is 409 or 412;
            if (!isMoved && !answer.IsDoubtful)
                throw hub.NotCommitted(asked.Revision, options.AsPullRequest, answer);
            if (answer.IsDoubtful)
                doubtful = outcome;
            failure = () => isMoved ? Moved() : hub.NotCommitted(asked.Revision, options.AsPullRequest, answer);
            await AgainAsync(round, isMoved, cancellation);
            head = await hub.HeadAsync(asked.Revision, cancellation);
        }
    }

    private ConcordException Moved() =>
        new(
            "hub-moved",
            $"The branch {asked.Revision} of {asked.Name} was changed {Rounds} times while this was pushed.",
            "Run the command again when nobody else pushes; what arrived is not sent again."
        );

    // After the last round too: what was made needs no other run.
    private async Task AgainAsync(int round, bool isMoved, CancellationToken cancellation)
    {
        options.Say(
            isMoved
                ? $"The branch {asked.Revision} has changed meanwhile: comparing again."
                : "The answer to the commit was lost: looking whether it was made."
        );
        await hub.WaitAsync(TimeSpan.FromSeconds(Math.Pow(2, round - 1)), cancellation);
    }

    // A branch that is not there begins where main is.
    private async Task<(string? Head, bool IsNew)> BranchAsync(HostedDataset dataset, CancellationToken cancellation)
    {
        var head = await hub.HeadAsync(asked.Revision, cancellation);
        if (head is not null || asked.Revision == HubDataset.Main)
            return (head, false);
        if (dataset.Sha is not { } start || asked.Revision.StartsWith("refs/", StringComparison.Ordinal))
            throw new ConcordException(
                "hub-branch",
                $"There is no {asked.Revision} in {asked.Name}.",
                "Give a branch that is there, or push to main first."
            );
        if (options.DryRun)
        {
            _revision = HubDataset.Main;
            return (start, true);
        }
        await hub.BranchAsync(asked.Revision, start, cancellation);
        return (await hub.HeadAsync(asked.Revision, cancellation) ?? start, true);
    }

    private async Task<PushPlan> PlanAsync(string? head, CancellationToken cancellation)
    {
        var plan = PushPlan.Of(files, head is null ? NoFiles : await hub.FilesAsync(head, cancellation));
        var unknown = plan.Changed.Where(f => !_modes.ContainsKey(f.Path)).ToArray();
        var modes = await hub.ModesAsync(unknown, _revision, options.AsPullRequest, cancellation);
        foreach (var file in unknown)
        {
            _modes[file.Path] = modes[file.Path];
            if (modes[file.Path].ShouldIgnore)
                options.Say($"Left out: {PlainText.Of(file.Path)}, which the dataset's .gitignore names.");
        }
        return plan with { Changed = [.. plan.Changed.Where(f => !_modes[f.Path].ShouldIgnore)] };
    }

    private async Task<int?> ProposedAsync(string title, CancellationToken cancellation)
    {
        foreach (var number in await hub.PullRequestsAsync(title, cancellation))
            if (
                await hub.HeadAsync(HubDataset.RefOf(number), cancellation) is { } head
                && (await PlanAsync(head, cancellation)).IsEmpty
            )
                return number;
        return null;
    }

    private async Task<PushOutcome> TaggedAsync(PushOutcome outcome, string? tagged, CancellationToken cancellation)
    {
        if (asked.Tag is not { } tag || outcome.Commit is not { } commit)
            return outcome;
        if (tagged is null && (options.DryRun || await hub.TagAsync(tag, commit, cancellation)))
            return outcome;
        tagged ??= await hub.TaggedAsync(tag, cancellation);
        return tagged == commit ? outcome with { WasTagged = true } : throw TagIsElsewhere(tagged);
    }

    private ConcordException TagIsElsewhere(string? tagged) =>
        new(
            "hub-tag",
            $"The tag {asked.Tag} of {asked.Name} is at {PlainText.Of(tagged ?? "another commit")}, which is not what is pushed; tags are never moved.",
            "Take another tag. Where nobody can have used it yet, delete it on the dataset's page, then run the command again."
        );

    private PushOutcome Told(PushOutcome outcome, PushPlan plan) =>
        outcome with
        {
            Files = [.. plan.Changed.Select(f => new PushedFile(f.Path, f.Size, WayOf(f)))],
            Removed = plan.Removed,
            Same = files.Count(f => !(_modes.TryGetValue(f.Path, out var mode) && mode.ShouldIgnore)) - plan.Changed.Count,
        };

    private PushedWay WayOf(LocalFile file) =>
        !_modes.ContainsKey(file.Path) ? PushedWay.Unknown
        : IsLarge(file) ? PushedWay.Large
        : PushedWay.Regular;

    // The store takes no empty files.
    private bool IsLarge(LocalFile file) => _modes[file.Path].IsLfs && file.Size > 0;

    private static IReadOnlyDictionary<string, HostedFile> NoFiles { get; } = new Dictionary<string, HostedFile>();
}
