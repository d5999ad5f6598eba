using System.CommandLine;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Processes;
using Concord.Pipeline.Scaffolding;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class InitCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "The folder; made where it is missing.",
            DefaultValueFactory = _ => ".",
        };
        var command = new Command("init", "Make a new workspace: rubric, graders, folders, in a git repository.") { folder };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var root = Path.GetFullPath(parsed.GetValue(folder)!, terminal.Folder);
                if (File.Exists(Path.Combine(root, WorkspaceFolder.BenchmarkFile)))
                    throw new ConcordException("exists", "This is a workspace already.", "Choose another folder.", root);
                if (File.Exists(root))
                    throw new ConcordException("exists", "This is a file, not a folder.", "Choose another name.", root);
                Directory.CreateDirectory(root);
                var git = new GitCommand(root);
                // A folder that git ignores or that lies inside another repository gets a repository of its own.
                var top = await git.TryRunAsync(["rev-parse", "--show-toplevel"], cancellation);
                if (top.ExitCode != 0 || Path.GetFullPath(top.Text.Trim()) != root)
                    await git.RunAsync(["init", "--quiet", "--initial-branch=main"], cancellation);
                // A package.json of one's own does not fit the lock of another.
                var ownLibraries = Directory.Exists(Path.Combine(root, VendorFolder.Folder));
                var branch = await WorkflowBranch.OfAsync(git, cancellation);
                var shown = PlainText.Of(branch);
                var template = Resources
                    .Init.Where(f => !ownLibraries || !f.Path.StartsWith(VendorFolder.Folder, StringComparison.Ordinal))
                    .ToArray();
                var files = template.Select(f => (f.Path, Bytes: WorkflowBranch.In(f.Bytes, branch))).ToArray();
                var written = NewFiles.Write(root, files);
                foreach (var path in written)
                    await terminal.Out.WriteLineAsync($"wrote {path}");
                foreach (var kept in files.Select(f => f.Path).Except(written))
                    await terminal.Out.WriteLineAsync($"kept  {kept}");
                string[] named = [.. template.Where(f => WorkflowBranch.Names(f.Bytes)).Select(f => f.Path).Intersect(written)];
                if (named.Length > 0)
                    await terminal.Out.WriteLineAsync(
                        $"set   '{shown}' as the default branch in {string.Join(" and ", named.Select(Path.GetFileName))}"
                    );
                // Of graders that were there before; 'doctor --fix' follows those that come.
                if (CodeOwners.Fix(await GitRepository.FindAsync(root, cancellation)))
                    await terminal.Out.WriteLineAsync($"wrote {CodeOwners.Path}");
                await DriverSettings.SetAsync(root, OwnProgram.Call(), cancellation);
                await terminal.Out.WriteLineAsync("set   git's merge and diff of grades, in this clone's settings");
                await terminal.Out.WriteLineAsync(
                    $"""

                    The workspace is ready in {root}. Next:
                      1. Edit {WorkspaceFolder.BenchmarkFile}: the rubric, the models, who answers for them.
                      2. concord challenge add my-chart, then write the task into its prompt.md.
                      3. concord bench run --dry-run, then concord bench run. Or put outputs of your own into
                         benchmarks/outputs/<challenge>/<model>/files/.
                      4. concord render --gallery: how they look.
                      5. concord grader add ada --email ada@example.org --github ada-login, then concord check, then commit.
                      6. git remote add origin URL, then git push -u origin {shown}: where graders clone, and hand in.
                      7. concord grade --grader ada, then concord submit: a branch, and a pull request where the forge is known.
                      8. concord consensus --write, then commit.
                    At GitHub, for the workflows:
                      - Set the repository variables CONCORD_REPOSITORY, CONCORD_VERSION and CONCORD_SHA256: which Concord they take.
                      - To protect {shown}, require the status 'concord', and not the job 'check', which a pull request can rewrite.
                    benchmarks/README.md explains every file.
                    """
                );
                return ConcordCli.Done;
            }
        );
        return command;
    }
}
