using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Judging;

/// <summary>Whether a pull request is merged without a person: where the base says so, it only adds its author's own grades, and nothing was found.</summary>
public static class MergeRule
{
    /// <summary>Why a person merges it.</summary>
    /// <param name="policy">What benchmark.yaml of the base says.</param>
    /// <param name="proposal">The pull request.</param>
    /// <param name="problems">What was found.</param>
    /// <param name="own">The graders whom the base has under the author's login.</param>
    /// <param name="commits">How many commits it brings: what lies between several would come along unseen.</param>
    /// <param name="changes">Every path that it changes, in the repository.</param>
    /// <param name="prefix">The workspace's folder in it.</param>
    /// <param name="difference">Whose grades come, change and go; null where that could not be told.</param>
    /// <returns>Sentences without an end mark; none where CI merges it.</returns>
    public static IReadOnlyList<string> Against(
        MergePolicy policy,
        Proposal proposal,
        IReadOnlyList<Problem> problems,
        IReadOnlyList<GraderId> own,
        int commits,
        IReadOnlyList<TreeChange> changes,
        string prefix,
        ConsensusDifference? difference
    )
    {
        // The others would only be noise then.
        if (policy != MergePolicy.Auto)
            return ["benchmark.yaml of the base does not say 'merge: auto'"];
        var reasons = new List<string>();
        Unless(!proposal.IsDraft, "it is a draft");
        // Branches other than that one are made for what is not settled yet, and nothing is published on them.
        Unless(!proposal.IsForAnotherBranch, "it is for another branch than the default one");
        Unless(problems.All(p => p.Severity != Severity.Error), "it has errors");
        Unless(problems.All(p => p.Severity != Severity.Warning), "it has warnings");
        Unless(proposal.Author is not null, "its author is not known");
        Unless(proposal.Author is null || own.Count > 0, "its author has no entry in graders.yaml of the base");
        Unless(commits == 1, "it has more than one commit; 'concord submit' makes one of a session");
        Unless(changes.All(c => c.IsPlainFile && IsOwn(c.Path, prefix, own)), "it changes more than its author's grade files");
        Unless(difference is { Grades.Count: > 0 } && difference.Grades.Any(g => g.Added > 0), "it adds no grades");
        Unless(
            difference is null
                || difference.Decisions.Count == 0
                    && difference.Grades.All(g => g is { Changed: 0, Removed: 0 } && own.Contains(g.Grader)),
            "it changes or removes grades that are there"
        );
        Unless(difference is null || difference.Regraded.Count == 0, "it grades again what its author had graded");
        return reasons;

        void Unless(bool fits, string reason)
        {
            if (!fits)
                reasons.Add(reason);
        }
    }

    private static bool IsOwn(string path, string prefix, IReadOnlyList<GraderId> own) =>
        path.StartsWith($"{prefix}grades/", StringComparison.Ordinal)
        && GradeSheet.TryParseName(path[(prefix.Length + "grades/".Length)..], out var id, out _, out var adjudicated, out _)
        && !adjudicated
        && own.Contains(id);
}
