using System.CommandLine;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Judging;
using Concord.Pipeline.Trees;

namespace Concord.App.Commands;

internal static class CiCheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var baseName = new Option<string?>("--base") { Description = "The commit that it is for.", HelpName = "REF" };
        var headName = new Option<string?>("--head") { Description = "Its last commit.", HelpName = "REF" };
        var author = new Option<string?>("--author") { Description = "The login of who opened it.", HelpName = "LOGIN" };
        var file = new Option<string?>("--event")
        {
            Description = "GitHub's event, for what the others do not say; else GITHUB_EVENT_PATH.",
            HelpName = "FILE",
        };
        var folder = new Option<string?>("--out")
        {
            Description = "Where to write comment.md, summary.md and result.json.",
            HelpName = "DIR",
        };
        var command = new Command("check", "Judge a pull request: who may change what, and what it does to the consensus.")
        {
            baseName,
            headName,
            author,
            file,
            folder,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var proposal = Proposed(
                    terminal,
                    parsed.GetValue(baseName),
                    parsed.GetValue(headName),
                    parsed.GetValue(author),
                    parsed.GetValue(file) ?? Variable("GITHUB_EVENT_PATH")
                );
                var root = options.TryRoot(parsed) ?? options.Start(parsed);
                var repository = await GitRepository.FindAsync(root, cancellation);
                var judgement = await CiJudging.OfAsync(repository, proposal, terminal, TimeProvider.System, cancellation);
                Write(terminal, judgement, parsed.GetValue(folder));
                if (options.AsJson(parsed))
                    await terminal.Out.WriteAsync(Encoding.UTF8.GetString(JudgementFile.Of(judgement)));
                else
                    Print(terminal, judgement, repository.Prefix);
                return judgement.Passed ? ConcordCli.Done : ConcordCli.Findings;
            }
        );
        return command;
    }

    private static Proposal Proposed(Terminal terminal, string? baseName, string? head, string? author, string? file)
    {
        var proposal = file is { Length: > 0 } ? ProposalEvent.Read(Path.GetFullPath(file, terminal.Folder)) : null;
        return (baseName ?? proposal?.Base, head ?? proposal?.Head) switch
        {
            ({ } from, { } to) => (proposal ?? new(from, to)) with
            {
                Base = from,
                Head = to,
                Author = author ?? proposal?.Author,
                // Said of the event's author only.
                IsFromInside = author is null && proposal is { IsFromInside: true },
            },
            _ => throw new ConcordException(
                "no-pull-request",
                "It is not said which pull request.",
                "Give --base, --head and --author (the login of who opened it), or --event with the file of an event 'pull_request'."
            ),
        };
    }

    private static void Write(Terminal terminal, Judgement judgement, string? folder)
    {
        var summary = JudgementComment.Summary(judgement);
        if (folder is not null)
        {
            var path = Path.GetFullPath(folder, terminal.Folder);
            AtomicFile.ReplaceAll(
                [
                    (Path.Combine(path, "comment.md"), Encoding.UTF8.GetBytes(JudgementComment.Of(judgement))),
                    (Path.Combine(path, "result.json"), JudgementFile.Of(judgement)),
                    (Path.Combine(path, "summary.md"), Encoding.UTF8.GetBytes(summary)),
                ]
            );
        }
        // Appended to: other steps of the job have written there.
        if (Variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } page)
            File.AppendAllText(page, summary);
    }

    private static void Print(Terminal terminal, Judgement judgement, string prefix)
    {
        if (Variable("GITHUB_ACTIONS") == "true")
            foreach (var problem in judgement.Problems)
                terminal.Out.WriteLine(GithubAnnotation.Of(problem, prefix));
        else
            foreach (var problem in judgement.Problems)
                terminal.Out.WriteLine($"{Names.Of(problem.Severity)}: {problem} [{problem.Rule}]");
        terminal.Out.WriteLine($"{judgement.Line}.");
        if (judgement.Passed)
            terminal.Out.WriteLine(
                judgement.IsMergedByRule ? "CI merges it." : $"A person merges it: {string.Join("; ", judgement.AgainstMerging)}."
            );
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
