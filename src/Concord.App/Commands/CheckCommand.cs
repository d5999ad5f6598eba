using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Checking;

namespace Concord.App.Commands;

internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var against = new Option<string?>("--base")
        {
            Description = "Check what a pull request changes against this commit.",
            HelpName = "REF",
        };
        var format = new Option<string>("--format")
        {
            Description = "text, json, or github for annotations.",
            DefaultValueFactory = _ => "text",
            HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong("text", "json", "github");
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The least severity that makes the exit code 1.",
            DefaultValueFactory = _ => "error",
            HelpName = "SEVERITY",
        };
        failOn.AcceptOnlyFromAmong("error", "warning", "notice");
        var command = new Command("check", "Validate the workspace, or what a pull request changes.") { against, format, failOn };
        var options = new WorkspaceOptions(terminal).AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var open = await options.OpenAsync(parsed, cancellation);
                var problems = terminal.While(
                    "Checking the workspace",
                    () => WorkspaceCheck.Run(open.Tree, TimeProvider.System.GetUtcNow().UtcDateTime)
                );
                problems = await WorkspaceCheck.RunBehindAsync(
                    open.Repository,
                    open.Tree,
                    problems,
                    open.Commit ?? "HEAD",
                    terminal.Error.WriteLine,
                    cancellation
                );
                problems = Problem.Sorted(
                    problems.Concat(await CodeOwnersCheck.OfAsync(open.Repository, open.Tree, open.Commit, cancellation))
                );
                if (parsed.GetValue(against) is { } name)
                {
                    var request = await PullRequestCheck.RunAsync(
                        open.Repository,
                        open.Tree,
                        name,
                        open.Commit ?? "HEAD",
                        terminal.Error.WriteLine,
                        author: null,
                        cancellation
                    );
                    problems = Problem.Sorted(problems.Concat(request));
                }
                var least = Enum.Parse<Severity>(parsed.GetValue(failOn)!, ignoreCase: true);
                var failed = problems.Any(p => p.Severity >= least);
                Print(terminal, problems, options.AsJson(parsed) ? "json" : parsed.GetValue(format)!, open.Repository.Prefix);
                return failed ? ConcordCli.Findings : ConcordCli.Done;
            }
        );
        return command;
    }

    private static void Print(Terminal terminal, IReadOnlyList<Problem> problems, string format, string prefix)
    {
        switch (format)
        {
            case "json":
                Json.Write(
                    terminal.Out,
                    new
                    {
                        Errors = Count(problems, Severity.Error),
                        Warnings = Count(problems, Severity.Warning),
                        Notices = Count(problems, Severity.Notice),
                        Problems = problems.Select(p => new
                        {
                            Severity = Names.Of(p.Severity),
                            p.Rule,
                            p.Path,
                            p.Line,
                            p.Column,
                            p.What,
                            p.Mend,
                        }),
                    }
                );
                break;
            case "github":
                foreach (var problem in problems)
                    terminal.Out.WriteLine(GithubAnnotation.Of(problem, prefix));
                break;
            default:
                foreach (var problem in problems)
                    terminal.Out.WriteLine($"{Names.Of(problem.Severity)}: {problem} [{problem.Rule}]");
                terminal.Out.WriteLine(
                    problems.Count == 0
                        ? "Everything is in order."
                        : $"{Counted(problems, Severity.Error)}, {Counted(problems, Severity.Warning)}, {Counted(problems, Severity.Notice)}."
                );
                break;
        }
    }

    private static string Counted(IReadOnlyList<Problem> problems, Severity severity) =>
        Count(problems, severity) is var count && count == 1 ? $"1 {Names.Of(severity)}" : $"{count} {Names.Of(severity)}s";

    private static int Count(IReadOnlyList<Problem> problems, Severity severity) => problems.Count(p => p.Severity == severity);
}
