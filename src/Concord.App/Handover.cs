using Concord.App.Host;
using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Submitting;

namespace Concord.App;

/// <summary>Hands one session in: folds it while saves wait, then pushes and proposes it while they go on.</summary>
internal static class Handover
{
    private const int Attempts = 4;

    /// <summary>Gives a session's branch at rest to some work.</summary>
    public delegate Task<SubmitPlan> Rest(Func<SessionBranch, Task<SubmitPlan>> work, CancellationToken cancellation);

    /// <exception cref="ConcordException">Something is to be mended; each step that is done stays done.</exception>
    public static async Task<SubmitResult> OfAsync(
        Submission submission,
        GraderId grader,
        Rest atRest,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var plan = await atRest(branch => FoldAsync(submission, branch, cancellation), cancellation);
            if (plan.IsNothing)
                return new(plan.Session, "", false, null, "Every grade of this session is on the default branch already.", []);
            if (await submission.PushAsync(plan, cancellation) is { } said)
                return await submission.ProposeAsync(plan, said, workspace => Shared(workspace, grader, plan), cancellation);
            if (attempt == Attempts)
                throw new ConcordException(
                    "remote-busy",
                    $"Somebody else pushes to {plan.Branch} all the time.",
                    "The grades are safe on that branch here. Run 'concord submit' again later."
                );
            await submission.FetchAsync(cancellation);
        }
    }

    // Not cancelled once it begins to change something.
    private static async Task<SubmitPlan> FoldAsync(Submission submission, SessionBranch branch, CancellationToken cancellation)
    {
        var plan = await submission.PlanAsync(new(branch.Id, branch.Branch, branch.Commit, branch.Files), cancellation);
        if (!plan.Moves)
            return plan;
        branch.Take(plan.Files);
        await submission.MoveAsync(plan, CancellationToken.None);
        await branch.FollowAsync(CancellationToken.None);
        return plan;
    }

    private static IReadOnlyList<SharedCriterion> Shared(Workspace workspace, GraderId grader, SubmitPlan plan) =>
        [
            .. SharedItems
                .Agreement(workspace, grader, [.. plan.Rows.Votes])
                .Select(a => new SharedCriterion(a.Criterion, a.Items, a.Value, a.UndefinedBecause)),
        ];
}
