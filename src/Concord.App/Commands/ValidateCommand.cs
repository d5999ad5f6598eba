using System.CommandLine;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Validating;

namespace Concord.App.Commands;

internal static class ValidateCommand
{
    private const int DefaultMost = 20;

    public static Command Create(Terminal terminal)
    {
        var paths = DatasetPaths.Argument();
        var format = DatasetPaths.Format();
        var most = new Option<int>("--most")
        {
            Description = "How many findings of one rule are printed; the rest is counted.",
            DefaultValueFactory = _ => DefaultMost,
            HelpName = "N",
        };
        most.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n < 1))
                r.AddError("--most takes a whole number of at least 1.");
        });
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The least severity that makes the exit code 1.",
            DefaultValueFactory = _ => "error",
            HelpName = "SEVERITY",
        };
        failOn.AcceptOnlyFromAmong("error", "warning", "notice");
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var command = new Command("validate", "Check a dataset, ours or another's, against what its trainer reads.")
        {
            paths,
            format,
            most,
            failOn,
            json,
        };
        command.SetAction(parsed =>
        {
            var files = DatasetPaths.Files(parsed.GetValue(paths)!, terminal.Folder);
            var report = terminal.While(
                "Checking the dataset",
                () => DatasetValidation.Run(files, parsed.GetValue(format), parsed.GetValue(most))
            );
            if (parsed.GetValue(json))
                PrintJson(terminal, report);
            else
                PrintText(terminal, report);
            var failed = parsed.GetValue(failOn) switch
            {
                "notice" => report.Errors + report.Warnings + report.Notices > 0,
                "warning" => report.Errors + report.Warnings > 0,
                _ => report.Errors > 0,
            };
            return failed ? ConcordCli.Findings : ConcordCli.Done;
        });
        return command;
    }

    private static void PrintText(Terminal terminal, ValidationReport report)
    {
        foreach (var problem in report.Problems)
            terminal.Out.WriteLine($"{Names.Of(problem.Severity)}: {problem} [{problem.Rule}]");
        foreach (var (rule, count) in report.More)
            terminal.Out.WriteLine($"… and {count} more [{rule}].");
        terminal.Out.WriteLine(
            $"{Counted(report.Rows, "row")} of {Counted(report.Files, "file")} as {report.Format}{(report.Told ? ", told from the columns" : "")}: "
                + $"{Counted(report.Errors, "error")}, {Counted(report.Warnings, "warning")}, {Counted(report.Notices, "notice")}."
        );
        if (report.Rows > 0)
            terminal.Out.WriteLine(
                $"Over {Lengths.DefaultMaxTokens} tokens, where trainers cut by default: {Counted(report.OverMaxTokens, "row")} ({Share(report)}), estimated at {Lengths.CharsPerToken} characters a token."
            );
    }

    private static string Share(ValidationReport report) =>
        ((double)report.OverMaxTokens / report.Rows).ToString("0.# %", CultureInfo.InvariantCulture);

    private static string Counted(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static void PrintJson(Terminal terminal, ValidationReport report) =>
        Json.Write(
            terminal.Out,
            new
            {
                report.Format,
                ToldFromColumns = report.Told,
                report.Files,
                report.Rows,
                report.Errors,
                report.Warnings,
                report.Notices,
                RowsOver1024Tokens = report.OverMaxTokens,
                Labels = report.Labels.ToDictionary(l => l.Key, l => l.Value),
                Problems = report.Problems.Select(p => new
                {
                    Severity = Names.Of(p.Severity),
                    p.Rule,
                    p.Path,
                    p.Line,
                    p.Column,
                    p.What,
                    p.Mend,
                }),
                More = report.More.ToDictionary(m => m.Key, m => m.Value),
            }
        );
}
