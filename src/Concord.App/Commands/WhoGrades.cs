using Concord.Core.Domain;
using Concord.Core.Domain.Grading;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

/// <summary>Finds out who grades: never silently somebody new, who may be an old grader under another name.</summary>
internal static class WhoGrades
{
    /// <summary>The grader.</summary>
    /// <param name="terminal">Where a new one is asked for.</param>
    /// <param name="root">The workspace.</param>
    /// <param name="repository">Its repository, which is being found.</param>
    /// <param name="named">The slug that was given; null takes git's user.name.</param>
    /// <param name="isNew">Whether a new one was confirmed already.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">There is no name, or a new one was not confirmed.</exception>
    public static async Task<Grader> FindAsync(
        Terminal terminal,
        string root,
        Task<GitRepository> repository,
        string? named,
        bool isNew,
        CancellationToken cancellation
    )
    {
        using var tree = new WorkTree(root);
        var listed = WorkspaceReader.ReadGradersOrThrow(tree);
        var grader = named is null ? await OfGitAsync(await repository, cancellation) : Parse(named);
        if (listed.TryGetValue(grader, out var known))
            return known;
        if (
            !isNew
            && !HasFile(tree, grader)
            && !(await KnownGraders.InAsync(root, await repository, cancellation)).Contains(grader)
        )
            await AskAsync(terminal, grader, listed.Keys, cancellation);
        return Grader.Unlisted(grader);
    }

    private static GraderId Parse(string text) =>
        GraderId.TryParse(text, out var id)
            ? id
            : throw new ConcordException("wrong-id", $"'{text}' cannot be a grader's slug.", GraderId.Rule);

    private static async Task<GraderId> OfGitAsync(GitRepository repository, CancellationToken cancellation)
    {
        var name = (await repository.Git.TryRunAsync(["config", "--get", "user.name"], cancellation)).Text.Trim();
        return GraderSlug.Of(name)
            ?? throw new ConcordException(
                "no-grader",
                name.Length == 0
                    ? "Git knows no name of yours (user.name)."
                    : $"Git's user.name '{name}' makes no grader's slug.",
                "Say who grades: concord grade --grader ID."
            );
    }

    private static bool HasFile(WorkTree tree, GraderId grader) =>
        tree.List("grades")
            .Any(f => GradeSheet.TryParseName(f.Path["grades/".Length..], out var of, out _, out string? _) && of == grader);

    private static async Task AskAsync(
        Terminal terminal,
        GraderId grader,
        IEnumerable<GraderId> known,
        CancellationToken cancellation
    )
    {
        var others = string.Join(", ", known.Order().Take(10));
        var isNew = $"Nobody has graded here as '{grader}' yet{(others.Length == 0 ? "" : $"; graders.yaml has {others}")}.";
        var confirm = $"concord grade --grader {grader} --new-grader";
        if (!terminal.CanAsk)
            throw new ConcordException(
                "new-grader",
                isNew,
                $"If this is a new grader, run: {confirm}. Else name the one that you are with --grader ID."
            );
        await terminal.Error.WriteAsync($"{isNew} Begin as a new grader? [y/N] ");
        using var reader = new StreamReader(terminal.Input, leaveOpen: true);
        var answer = (await reader.ReadLineAsync(cancellation))?.Trim();
        if (answer is not ("y" or "Y" or "yes"))
            throw new ConcordException("new-grader", "Nothing was begun.", "Name the grader that you are with --grader ID.");
    }
}
