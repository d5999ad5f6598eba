using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Checking;

/// <summary>Checks a whole workspace: what cannot be read, what does not fit together, and what would unblind.</summary>
public static class WorkspaceCheck
{
    /// <summary>Checks it.</summary>
    /// <param name="tree">Its files.</param>
    /// <param name="now">The time, in UTC: no grade is later.</param>
    public static IReadOnlyList<Problem> Run(FileTree tree, DateTime now)
    {
        var reading = WorkspaceReader.Read(tree);
        if (reading.Workspace is not { } workspace)
            return reading.Problems;
        var found = reading
            .Problems.Concat(References(workspace))
            .Concat(Graders(workspace))
            .Concat(Leads(workspace))
            .Concat(FutureGrades.Of(workspace, now))
            .Concat(Outputs(workspace, tree))
            .Concat(Prompts(workspace));
        // The consensus of unreadable data means nothing.
        if (reading.Errors.Count == 0)
            found = found.Concat(ConsensusCheck.Run(tree, workspace));
        return Problem.Sorted(found);
    }

    /// <summary>Looks behind a consensus that is only behind, into the commit that wrote it.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tree">The files that were checked.</param>
    /// <param name="found">What <see cref="Run"/> found.</param>
    /// <param name="head">The commit whose history tells.</param>
    /// <param name="say">Takes a sentence where libgit2 could not be used.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Problem>> RunBehindAsync(
        GitRepository repository,
        FileTree tree,
        IReadOnlyList<Problem> found,
        string head,
        Action<string> say,
        CancellationToken cancellation
    )
    {
        if (
            !found.Any(p => p.Rule == ConsensusCheck.Behind)
            || await repository.TryResolveAsync(head, cancellation) is not { } commit
        )
            return found;
        var log = await repository.Git.RunAsync(
            ["log", "-1", "--format=%H", commit, "--", $"{repository.Prefix}{ConsensusFiles.Folder}/REPORT.md"],
            cancellation
        );
        if (log.Trim() is not { Length: > 0 } written)
            return found;
        using var origin = await repository.OpenTreeAsync(written, say, cancellation);
        return Problem.Sorted(found.Concat(ConsensusCheck.SinceItsCommit(tree, origin)));
    }

    private static IEnumerable<Problem> References(Workspace workspace)
    {
        var challenges = workspace.Challenges.Select(c => c.Id).ToHashSet();
        var outputs = workspace.Outputs.ToDictionary(o => o.Key);
        string[] challengeNames = [.. challenges.Select(c => c.Value)];
        foreach (var sheet in workspace.Sheets.Concat(workspace.DecisionSheets))
        {
            for (var i = 0; i < sheet.Grades.Count; i++)
            {
                var grade = sheet.Grades[i];
                var key = grade.Key;
                if (!challenges.Contains(key.Challenge))
                    yield return Row(
                        Severity.Error,
                        "unknown-challenge",
                        $"There is no challenge '{key.Challenge}'.",
                        Nearest.Hint(key.Challenge.Value, challengeNames)
                    );
                else if (!outputs.TryGetValue(key, out var output))
                    yield return Row(
                        Severity.Error,
                        "unknown-output",
                        $"There is no output of '{key.Challenge}' by '{key.Model}'.",
                        Nearest.Hint(
                            key.Model.Value,
                            [.. workspace.Outputs.Where(o => o.Key.Challenge == key.Challenge).Select(o => o.Key.Model.Value)]
                        )
                    );
                else if (output.Id is null && grade.Status is not (GradeStatus.Skipped or GradeStatus.Withdrawn))
                    yield return Row(
                        Severity.Error,
                        "ungradable-output",
                        $"The output of '{key.Challenge}' by '{key.Model}' failed: {output.Failure}.",
                        "Remove the row; a failed output has nothing to grade."
                    );
                else if (output.Id is null || output.Id == grade.Output || grade.Status == GradeStatus.Withdrawn)
                    continue;
                else if (sheet.Adjudicated)
                    yield return Row(
                        Severity.Warning,
                        "stale-decision",
                        $"The decision is on files {grade.Output} and the output has {output.Id} now, so the graders' consensus holds.",
                        "Decide again where that is needed; the row stays as history."
                    );
                else
                    yield return Row(
                        Severity.Warning,
                        "stale-grade",
                        $"The grade is of files {grade.Output} and the output has {output.Id} now, so it does not count.",
                        "Grade the output again; the row stays as history."
                    );

                Problem Row(Severity severity, string rule, string what, string mend) =>
                    new(severity, rule, sheet.Path, sheet.Grades.LineOf(i), null, what, mend);
            }
        }
    }

    private static IEnumerable<Problem> Prompts(Workspace workspace) =>
        workspace
            .Challenges.Where(c => c.Prompt.Contains(ChallengeFolder.PromptToWrite, StringComparison.Ordinal))
            .Select(c => new Problem(
                Severity.Notice,
                "unwritten-prompt",
                $"benchmarks/challenges/{c.Id}/prompt.md",
                null,
                null,
                "The prompt is still as 'concord challenge add' made it, and graders are shown it as the task.",
                "Write the task."
            ));

    private static IEnumerable<Problem> Graders(Workspace workspace)
    {
        foreach (
            var sheets in workspace
                .Sheets.Concat(workspace.DecisionSheets)
                .GroupBy(s => s.Grader)
                .Where(g => !workspace.Graders.ContainsKey(g.Key))
        )
            yield return new(
                Severity.Notice,
                "unlisted-grader",
                sheets.First().Path,
                null,
                null,
                $"The grader '{sheets.Key}' is not in benchmarks/graders.yaml and counts as human, role grader, in no group.",
                $"Add the grader: concord grader add {sheets.Key}"
            );
    }

    private static IEnumerable<Problem> Leads(Workspace workspace)
    {
        foreach (var sheet in workspace.DecisionSheets.Where(s => !workspace.Grader(s.Grader).Adjudicates))
            yield return new(
                Severity.Error,
                "not-a-lead",
                sheet.Path,
                null,
                null,
                $"'{sheet.Grader}' is no lead in {GradersYaml.Path}, so these decisions do not count: only leads, human or expert, adjudicate.",
                "Remove the file; or let a maintainer give the grader 'role: lead' there."
            );
    }

    private static IEnumerable<Problem> Outputs(Workspace workspace, FileTree tree)
    {
        var challenges = workspace.Challenges.ToDictionary(c => c.Id);
        var listed = workspace.Benchmark.Models.Select(m => m.Id.Value);
        var unlisted = workspace.Outputs.Select(o => o.Key.Model.Model).Distinct(StringComparer.Ordinal).Except(listed).ToArray();
        if (unlisted.Length > 0)
            yield return new(
                Severity.Notice,
                "unlisted-model",
                WorkspaceFolder.BenchmarkFile,
                null,
                null,
                $"Outputs are there of models that are not listed: {string.Join(", ", unlisted)}.",
                "List them under 'models:' with their licences."
            );
        foreach (var output in workspace.Outputs)
        {
            var key = output.Key;
            if (!challenges.TryGetValue(key.Challenge, out var challenge))
                yield return Of(
                    Severity.Error,
                    "unknown-challenge",
                    $"The output answers '{key.Challenge}', which is no challenge here.",
                    Nearest.Hint(key.Challenge.Value, [.. challenges.Keys.Select(c => c.Value)])
                );
            else if (output.ChallengeDigest is { } digest && digest != challenge.Digest)
                yield return Of(
                    Severity.Warning,
                    "outdated-output",
                    $"The challenge has changed since this output was made ({digest}, now {challenge.Digest}).",
                    "Ask the model again."
                );

            Problem Of(Severity severity, string rule, string what, string mend) =>
                new(severity, rule, key.Folder, null, null, what, mend);
        }
        foreach (var problem in Unblinding.Find(workspace, tree))
            yield return problem;
    }
}
