using System.CommandLine;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Rendering;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class RenderCommand
{
    public static Command Create(Terminal terminal)
    {
        var challenge = new Option<string[]>("--challenge")
        {
            Description = "Only this challenge; may be given several times.",
            HelpName = "ID",
        };
        var models = new Option<string?>("--models")
        {
            Description = "Only these models, with all their samples; ids with commas between.",
            HelpName = "IDS",
        };
        var concurrency = new Option<int?>("--concurrency")
        {
            Description = "How many pages at a time; else two a core.",
            HelpName = "N",
        };
        concurrency.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int?>() is < 1 or > 64)
                r.AddError("--concurrency should be from 1 to 64.");
        });
        var force = new Option<bool>("--force") { Description = "Also outputs that are as they were." };
        var gallery = new Option<bool>("--gallery")
        {
            Description = $"Write a page of each challenge with all its screenshots, in {Gallery.Folder}/.",
        };
        var shard = ShardOption.Create();
        var command = new Command("render", "Screenshots and page checks of outputs whose pages changed.")
        {
            challenge,
            models,
            concurrency,
            force,
            gallery,
            shard,
        };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var root = options.Root(parsed);
                var workspace = OutputsToRender.Read(root);
                var selection = OutputsToRender.Select(
                    workspace,
                    parsed.GetValue(challenge) ?? [],
                    parsed.GetValue(models),
                    parsed.GetValue(force),
                    ShardOption.Of(parsed, shard)
                );
                var summary = await RunAsync(terminal, root, workspace, selection, parsed.GetValue(concurrency), cancellation);
                var pages = parsed.GetValue(gallery) ? Gallery.Write(root, workspace, selection) : [];
                if (options.AsJson(parsed))
                    Json.Write(terminal.Out, Document(summary, pages));
                else
                    Print(terminal, summary, pages);
                return summary.Rendered.Any(o => o.Failure is not null) ? ConcordCli.Findings : ConcordCli.Done;
            }
        );
        return command;
    }

    /// <summary>Renders, with progress on standard error.</summary>
    public static async Task<RenderSummary> RunAsync(
        Terminal terminal,
        string root,
        Workspace workspace,
        RenderSelection selection,
        int? concurrency,
        CancellationToken cancellation
    )
    {
        var browser = BrowserProgram.Find();
        using var tree = new WorkTree(root);
        var run = new RenderRun(root, tree, browser, concurrency ?? RenderRun.DefaultConcurrency);
        var done = 0;
        var summary = await run.RunAsync(
            workspace,
            selection,
            terminal.Error.WriteLine,
            (output, count) =>
            {
                done++;
                if (terminal.Interactive)
                    terminal.Error.Write($"\r\e[K{done} of {count}: {PlainText.Of(output.Key.ToString())}");
                if (output.Failure is { } failure)
                    terminal.Error.WriteLine($"{(terminal.Interactive ? "\r\e[K" : "")}{output.Key}: {PlainText.Of(failure)}");
            },
            cancellation
        );
        if (terminal.Interactive && done > 0)
            await terminal.Error.WriteAsync("\r\e[K");
        foreach (var library in summary.Rendered.SelectMany(o => o.MissingLibraries).Distinct().Order(StringComparer.Ordinal))
            await terminal.Error.WriteLineAsync(
                $"The library {PlainText.Of(library)} is asked for and is not in {VendorFolder.Folder}. Add it: npm install --prefix {VendorFolder.Folder} {LibraryToAdd(root, library)}"
            );
        return summary;
    }

    // Of another version of a package that is there npm needs an alias.
    private static string LibraryToAdd(string root, string library)
    {
        var name = PlainText.Of(library);
        var at = name.LastIndexOf('@');
        return at > 0 && Path.Exists(Path.Combine(root, VendorFolder.Folder, "node_modules", name[..at]))
            ? $"{name[..at].Replace("@", "", StringComparison.Ordinal).Replace('/', '-')}-v{name[(at + 1)..]}@npm:{name}"
            : name;
    }

    private static void Print(Terminal terminal, RenderSummary summary, IReadOnlyList<string> pages)
    {
        foreach (var page in pages)
            terminal.Out.WriteLine($"wrote {page}");
        if (summary.Rendered.Count + summary.Unchanged == 0)
        {
            terminal.Out.WriteLine("Nothing to draw: no output of a visualization challenge is there.");
            return;
        }
        var failed = summary.Rendered.Count(o => o.Failure is not null);
        var broken = summary.Rendered.Count(o => o.Failure is null && o.FailedChecks.Count > 0);
        var rate =
            summary.Rendered.Count == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $" in {summary.Seconds:0.0} s, {summary.Rendered.Count / Math.Max(summary.Seconds, 0.001):0.0} a second"
                );
        terminal.Out.WriteLine(
            $"{(summary.Rendered.Count == 1 ? "1 output" : $"{summary.Rendered.Count} outputs")} rendered{rate}; {failed} without a picture, {broken} with failed checks; {summary.Unchanged} unchanged."
        );
    }

    private static object Document(RenderSummary summary, IReadOnlyList<string> pages) =>
        new
        {
            Rendered = summary.Rendered.Count,
            Failed = summary.Rendered.Count(o => o.Failure is not null),
            summary.Unchanged,
            Seconds = Math.Round(summary.Seconds, 3),
            Outputs = summary.Rendered.Select(o => new
            {
                Challenge = o.Key.Challenge.Value,
                Model = o.Key.Model.Value,
                Status = o.Failure is null ? "ok" : "error",
                Reason = o.Failure,
                o.FailedChecks,
                o.MissingLibraries,
                Seconds = Math.Round(o.Seconds, 3),
            }),
            Gallery = pages,
        };
}
