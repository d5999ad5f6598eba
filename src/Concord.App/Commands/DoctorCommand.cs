using System.CommandLine;
using System.Runtime.InteropServices;
using Concord.Core.Domain;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Git;
using Concord.Pipeline.Processes;
using Concord.Pipeline.Sandbox;
using Concord.Pipeline.Scaffolding;
using Concord.Pipeline.Submitting;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var fix = new Option<bool>("--fix")
        {
            Description =
                "Set this clone's settings by which git merges and shows grades, and write who reviews what (.github/CODEOWNERS).",
        };
        var command = new Command("doctor", "What is installed, what is missing, and how to get it.") { json, fix };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var git = await GitEngines.CommandVersionAsync(cancellation);
                var library = GitEngines.LibraryVersion;
                var browser = BrowserProgram.FindBrowser();
                var (sandbox, why) = await Bubblewrap.FindAsync(cancellation);
                var isInRepository =
                    (await new GitCommand(terminal.Folder).TryRunAsync(["rev-parse", "--git-dir"], cancellation)).ExitCode == 0;
                var (drivers, undriven) = await DriversAsync(terminal.Folder, isInRepository, parsed.GetValue(fix), cancellation);
                var owners = await OwnersAsync(terminal, parsed.GetValue(fix), cancellation);
                var debian = File.Exists("/etc/debian_version");
                (string Name, string? Found, bool Required, string Purpose, string Get)[] parts =
                [
                    (".NET", RuntimeInformation.FrameworkDescription, true, "runs Concord", ""),
                    (
                        "git",
                        git,
                        true,
                        "everything that is kept",
                        debian ? "apt-get install git" : "https://git-scm.com/downloads"
                    ),
                    (
                        "libgit2 1.5 to 1.7",
                        library,
                        false,
                        "faster reading of commits; without it the git command line is used",
                        debian ? "apt-get install libgit2-1.5" : "comes with the package on Windows and macOS"
                    ),
                    (
                        "browser",
                        browser,
                        false,
                        "screenshots",
                        debian ? "apt-get install chromium-headless-shell" : "install Chromium or Chrome"
                    ),
                    (
                        "sandbox",
                        sandbox is null ? null : $"{sandbox.Program}; limits {sandbox.Limits}",
                        false,
                        "tests of models' code, which do not run without",
                        $"{(debian ? "apt-get install bubblewrap" : "install bubblewrap (Linux only)")}; {why}"
                    ),
                    (
                        "Node 20.19 or 22.12 or newer",
                        BrowserProgram.FindNode(),
                        false,
                        "drives the browser; its npm installs the libraries of benchmarks/vendor",
                        debian ? "apt-get install nodejs npm" : "https://nodejs.org"
                    ),
                    (
                        "git's drivers",
                        drivers,
                        false,
                        "grades merged row by row, and shown as sentences",
                        $"concord doctor --fix, in the clone; {undriven}"
                    ),
                    (
                        "CODEOWNERS",
                        owners,
                        false,
                        "GitHub asks graders and leads to review what others change of theirs",
                        "concord doctor --fix, then commit"
                    ),
                    .. isInRepository ? await PlacesAsync(terminal.Folder, cancellation) : [],
                ];
                if (parsed.GetValue(json))
                    Json.Write(
                        terminal.Out,
                        new
                        {
                            Parts = parts.Select(p => new
                            {
                                p.Name,
                                p.Found,
                                p.Required,
                                p.Purpose,
                                Get = p.Found is null ? p.Get : null,
                            }),
                        }
                    );
                else
                    terminal.Table(
                        ["part", "found", "for", "how to get it"],
                        parts.Select(p =>
                            (string[])
                                [p.Name, p.Found ?? (p.Required ? "MISSING" : "missing"), p.Purpose, p.Found is null ? p.Get : ""]
                        )
                    );
                return parts.Any(p => p.Required && p.Found is null) ? ConcordCli.Findings : ConcordCli.Done;
            }
        );
        return command;
    }

    // Outside of a repository there is nothing to set, and nothing to merge.
    private static async Task<(string? Found, string? Wrong)> DriversAsync(
        string folder,
        bool isInRepository,
        bool fix,
        CancellationToken cancellation
    )
    {
        if (!isInRepository)
            return fix
                ? throw new ConcordException(
                    "no-repository",
                    "This folder is in no git repository.",
                    "Run it in a clone.",
                    folder
                )
                : ("not in a repository", null);
        if (fix)
            await DriverSettings.SetAsync(folder, OwnProgram.Call(), cancellation);
        return await DriverSettings.WrongAsync(folder, OwnProgram.Call(), cancellation) is { } wrong
            ? (null, wrong)
            : ("set", null);
    }

    // What 'concord submit' needs, as far as it can be told without the network.
    private static async Task<IEnumerable<(string Name, string? Found, bool Required, string Purpose, string Get)>> PlacesAsync(
        string folder,
        CancellationToken cancellation
    )
    {
        var place = await SubmitPlace.OfAsync(folder, Environment.GetEnvironmentVariable, cancellation);
        (string, string?, bool, string, string) remote = (
            "remote",
            place.Remote,
            false,
            "where 'concord submit' hands grades in",
            place.RemoteMend
        );
        if (place.Remote is null)
            return [remote];
        return
        [
            remote,
            (
                "default branch",
                place.Branch,
                false,
                "what pull requests are for; 'concord submit' asks the remote where it is not known here",
                "git remote set-head origin --auto"
            ),
            ("forge", place.Forge, false, "where pull requests are opened", "GH_HOST=NAME, where it is a GitHub of your own"),
            (
                "token",
                place.Token,
                false,
                "'concord submit' opens the pull request; without it you do, on the page that it names",
                "gh auth login, or GH_TOKEN"
            ),
        ];
    }

    private static async Task<string?> OwnersAsync(Terminal terminal, bool fix, CancellationToken cancellation)
    {
        if (
            WorkspaceFolder.TryFind(terminal.Folder, climb: true) is not { } root
            || await RepositoryAsync(root, cancellation) is not { } repository
        )
            return "not in a workspace";
        if (fix && CodeOwners.Fix(repository))
            await terminal.Error.WriteLineAsync($"Wrote {CodeOwners.Path}: commit it.");
        try
        {
            return CodeOwners.InWords(repository);
        }
        catch (ConcordException)
        {
            return "not known: 'concord check' says what is wrong with graders.yaml";
        }
    }

    private static async Task<GitRepository?> RepositoryAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            return await GitRepository.FindAsync(folder, cancellation);
        }
        catch (ConcordException)
        {
            return null;
        }
    }
}
