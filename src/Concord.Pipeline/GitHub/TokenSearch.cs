using System.Diagnostics;
using Concord.Core.Domain;
using Concord.Pipeline.Processes;

namespace Concord.Pipeline.GitHub;

/// <summary>Looks for a token where users and CI already have one. Nothing is stored or asked for.</summary>
/// <param name="environment">Reads a variable.</param>
/// <param name="folder">The repository: git's credential helpers may be set for it alone.</param>
internal sealed class TokenSearch(Func<string, string?> environment, string folder)
{
    // A helper that would open a window is ended.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] PublicNames = ["GH_TOKEN", "GITHUB_TOKEN"];
    private static readonly string[] EnterpriseNames = ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];

    /// <summary>In this order: the environment, <c>gh</c>, git's credential helpers; each only for the host that it is meant for.</summary>
    /// <param name="host">Whose token.</param>
    /// <param name="repository">What it is wanted for; some helpers keep one for each.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="ConcordException">What was found cannot be a token.</exception>
    public async Task<GitHubToken?> FindAsync(GitHubHost host, RepositoryName? repository, CancellationToken cancellation) =>
        FromEnvironment(host)
        ?? await FromGhAsync(host, cancellation)
        ?? (host.IsKnown ? await FromGitAsync(host, repository, cancellation) : null);

    // GH_TOKEN is github.com's, unless Actions runs on another server. A clone may come from anywhere, so another host must be named by the user.
    private GitHubToken? FromEnvironment(GitHubHost host)
    {
        var home = GitHubHost.ServerOf(environment) ?? GitHubHost.Public;
        var isNamed = host.Name == GitHubHost.Named(environment);
        var isCompanys = host.Name.EndsWith(".ghe.com", StringComparison.Ordinal);
        string[] names =
            host.Name == home ? PublicNames
            : !isNamed ? []
            : isCompanys ? PublicNames
            : EnterpriseNames;
        return names.Select(n => GitHubToken.Of(environment(n), host.Name, n)).FirstOrDefault(t => t is not null);
    }

    private async Task<GitHubToken?> FromGhAsync(GitHubHost host, CancellationToken cancellation)
    {
        if (ProgramPath.Find("gh") is not { } gh)
            return null;
        var start = new ProcessStartInfo(gh, ["auth", "token", "--hostname", host.Name]) { WorkingDirectory = folder };
        // Only what gh keeps itself: the variables were looked at, and may be another host's.
        foreach (var name in PublicNames.Concat(EnterpriseNames))
            start.Environment.Remove(name);
        start.Environment["GH_PROMPT_DISABLED"] = "1";
        start.Environment["GH_NO_UPDATE_NOTIFIER"] = "1";
        var run = await ProgramRun.TryAsync(start, "", Patience, cancellation);
        return run is { ExitCode: 0 } ? GitHubToken.Of(run.Output, host.Name, "'gh auth token'") : null;
    }

    private async Task<GitHubToken?> FromGitAsync(GitHubHost host, RepositoryName? repository, CancellationToken cancellation)
    {
        if (ProgramPath.Find("git") is not { } git)
            return null;
        var start = new ProcessStartInfo(git, ["-c", "core.askPass=", "-c", "credential.interactive=false", "credential", "fill"])
        {
            WorkingDirectory = folder,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_ASKPASS"] = "";
        start.Environment["SSH_ASKPASS"] = "";
        start.Environment["GCM_INTERACTIVE"] = "never";
        // Git leaves the path out unless credential.useHttpPath is set.
        var path = repository is { } name ? $"path={name}.git\n" : "";
        var run = await ProgramRun.TryAsync(
            start,
            $"protocol={host.Web.Scheme}\nhost={host.Name}\n{path}\n",
            Patience,
            cancellation
        );
        if (run is not { ExitCode: 0 })
            return null;
        const string Password = "password=";
        var line = run.Output.Split('\n').FirstOrDefault(l => l.StartsWith(Password, StringComparison.Ordinal));
        return GitHubToken.Of(line?[Password.Length..], host.Name, "git's credential helper");
    }
}
