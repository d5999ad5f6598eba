using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Exporting;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class ExportCommand
{
    private static readonly string[] Inputs = ["benchmarks", "grades"];

    public static Command Create(Terminal terminal)
    {
        var output = new Option<string?>("--output", "-o")
        {
            Description = "A file that ends in .jsonl, .jsonl.gz or .parquet; else a folder, with a card. - is standard output.",
            HelpName = "PATH",
        };
        var recipe = new Option<string?>("--recipe")
        {
            Description = "Take the settings below from a file of the workspace; options win.",
            HelpName = "FILE",
        };
        var report = new Option<string?>("--report")
        {
            Description = "Write what each rule left out, and the figures, as JSON.",
            HelpName = "FILE",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Choose and report; write no dataset." };
        var command = new Command("export", "Datasets for trainers, and what each rule left out.")
        {
            output,
            recipe,
            report,
            dryRun,
        };
        command.Validators.Add(r =>
        {
            if (r.GetValue(output) is null && !r.GetValue(dryRun))
                r.AddError("Option '--output' is required, or '--dry-run'.");
        });
        var settings = new ExportOptions().AddTo(command);
        var options = new WorkspaceOptions(terminal).AddTo(command, json: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var lying = await options.OpenAsync(parsed, cancellation);
                var how = settings.Apply(Recipe(parsed.GetValue(recipe), lying, terminal), parsed);
                using var open = await AsCommittedAsync(lying, terminal, cancellation);
                var place = parsed.GetValue(dryRun) ? null : ExportPlace.Of(parsed.GetValue(output)!, how, terminal, open.Root);
                if (place is not null)
                    how = how with { File = place.File };
                how.RefuseContradictions();
                var accountPath = parsed.GetValue(report) is { } named ? OutputPath.Of(named, terminal.Folder, lying.Root) : null;
                if (accountPath is not null && accountPath == place?.Path)
                    throw new ConcordException(
                        "wrong-file",
                        "The dataset and the report would be one file.",
                        "Name two.",
                        accountPath
                    );
                var key = how.WithNotes
                    ? PseudonymKey.FromEnvironment(Environment.GetEnvironmentVariable(PseudonymKey.Variable))
                    : null;
                var source = await SourceAsync(open, how, terminal, cancellation);
                var (dataset, account) = terminal.While("Choosing", () => DatasetExport.Of(source, how, key));
                foreach (var line in ExportReportText.Lines(account))
                    await terminal.Error.WriteLineAsync(line);
                if (!source.IsCommitted)
                    await terminal.Error.WriteLineAsync(
                        "The workspace is not as any commit has it, so nobody can make this dataset again: commit it, or give --at HEAD."
                    );
                if (accountPath is not null)
                    AtomicFile.ReplaceOrFill(accountPath, stream => stream.Write(ExportReportJson.Of(account, source)));
                if (account.Rows == 0)
                {
                    await terminal.Error.WriteLineAsync("No dataset was written.");
                    return ConcordCli.Findings;
                }
                if (place is not null)
                    await terminal.Error.WriteLineAsync(
                        terminal.While("Writing", () => place.Write(dataset, source, account, cancellation))
                    );
                return ConcordCli.Done;
            }
        );
        return command;
    }

    // Of the commit where one is named and has it: a dataset is a function of a commit and its recipe.
    private static ExportRecipe Recipe(string? path, OpenWorkspace open, Terminal terminal)
    {
        if (path is null)
            return new();
        var full = Path.GetFullPath(path, terminal.Folder);
        var inside = Path.GetRelativePath(open.Root, full).Replace('\\', '/');
        var isInside = !inside.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(inside);
        var bytes =
            isInside && open.Tree.Read(inside) is { } found ? found
            : File.Exists(full) ? File.ReadAllBytes(full)
            : open.Tree.Read(path.Replace('\\', '/')) is { } below ? below
            : throw new ConcordException(
                "no-recipe",
                $"There is no such file, neither here nor in {open.Tree.Name}.",
                "Name a recipe of the workspace; 'concord export' writes one into every folder that it makes.",
                path
            );
        return RecipeFile.Read(bytes, path);
    }

    private static async Task<ExportSource> SourceAsync(
        OpenWorkspace open,
        ExportRecipe how,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        var (commit, at) = open.Commit is { } named
            ? await open.Repository.LastChangeAsync(named, Inputs, cancellation)
            : (ExportSource.NoCommit, DateTimeOffset.UnixEpoch);
        var workspace = terminal.While("Reading the workspace", () => WorkspaceReader.Read(open.Tree, open.Cache)).OrThrow();
        if (how.Weights.Length > 0)
            workspace = workspace with { Benchmark = CriterionWeights.Apply(workspace.Benchmark, how.Weights) };
        var tables = terminal.While("Computing the consensus", () => ConsensusTables.Of(workspace));
        return new(workspace, tables, open.Tree, commit, at, ConcordCli.Version);
    }

    // Where a commit has the files as they lie, they are read from it: what git ignores is in nobody else's clone.
    private static async Task<OpenWorkspace> AsCommittedAsync(
        OpenWorkspace open,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        if (open.Commit is not null || await open.Repository.CleanHeadAsync(Inputs, cancellation) is not { } head)
            return open;
        open.Dispose();
        var tree = await open.Repository.OpenTreeAsync(head, terminal.Error.WriteLine, cancellation);
        return open with { Tree = tree, Commit = head };
    }
}
