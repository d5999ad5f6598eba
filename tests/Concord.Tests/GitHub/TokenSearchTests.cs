using System.Runtime.InteropServices;
using Concord.Core.Domain;
using Concord.Pipeline.GitHub;
using Concord.Tests.Support;

namespace Concord.Tests.GitHub;

/// <summary>Tokens are found where they are, and used only for the host that they are meant for.</summary>
public sealed class TokenSearchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, string> Everything = new()
    {
        ["GH_TOKEN"] = "ghp_one",
        ["GITHUB_TOKEN"] = "ghs_two",
        ["GH_ENTERPRISE_TOKEN"] = "ghp_three",
        ["GITHUB_ENTERPRISE_TOKEN"] = "ghp_four",
    };

    [Theory]
    [InlineData("github.com", "", "ghp_one", "GH_TOKEN")]
    [InlineData("github.com", "GH_TOKEN=", "ghs_two", "GITHUB_TOKEN")]
    [InlineData("github.com", "GH_TOKEN=  ;GITHUB_TOKEN= ghp_padded\n", "ghp_padded", "GITHUB_TOKEN")]
    [InlineData("ghe.example", "GH_HOST=ghe.example", "ghp_three", "GH_ENTERPRISE_TOKEN")]
    [InlineData("ghe.example", "GH_HOST=GHE.example;GH_ENTERPRISE_TOKEN=", "ghp_four", "GITHUB_ENTERPRISE_TOKEN")]
    [InlineData("ghe.example", "GITHUB_SERVER_URL=https://ghe.example", "ghp_one", "GH_TOKEN")]
    [InlineData("acme.ghe.com", "GH_HOST=acme.ghe.com", "ghp_one", "GH_TOKEN")]
    [InlineData("ghe.example", "", null, null)]
    [InlineData("evil.example", "GH_HOST=ghe.example", null, null)]
    [InlineData("evil.ghe.com", "", null, null)]
    [InlineData("github.com", "GITHUB_SERVER_URL=https://ghe.example", null, null)]
    public async Task A_variable_is_for_its_own_host(string host, string variables, string? token, string? source)
    {
        using var folder = new TestRepository();
        folder.Git("config", "credential.helper", "");

        var found = await SearchAsync(folder, host, variables);

        Assert.Equal((token, source), (found?.Value, found?.Source));
        Assert.True(found is null || found.Host == host);
        Assert.DoesNotContain("ghp_", found?.ToString() ?? "");
    }

    [Theory]
    [InlineData("ghp_a b")]
    [InlineData("ghp_a\nX-Other: b")]
    [InlineData("ghp_ä")]
    public async Task What_cannot_be_a_token_is_refused_and_not_shown(string value)
    {
        using var folder = new TestRepository();

        var problem = (
            await Assert.ThrowsAsync<ConcordException>(() => SearchAsync(folder, "github.com", "GH_TOKEN=" + value))
        ).Problems[0];

        Assert.Equal("github-token", problem.Rule);
        Assert.Contains("GH_TOKEN", problem.What);
        Assert.DoesNotContain("ghp_", problem.ToString());
    }

    [Fact]
    public async Task Git_is_asked_last_without_a_prompt_and_stores_nothing()
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "The helper is a shell script.");
        using var folder = new TestRepository();
        folder.Git("config", "credential.helper", "");
        folder.Git("config", "credential.useHttpPath", "true");
        folder.Git(
            "config",
            "--add",
            "credential.helper",
            $"!f() {{ echo \"$1\" >> '{folder["asked"]}'; cat >> '{folder["asked"]}'; echo username=u; echo password=ghp_of=helper; }}; f"
        );

        var found = await SearchAsync(folder, "github.com", "GH_TOKEN=;GITHUB_TOKEN=");

        Assert.Equal(("ghp_of=helper", "git's credential helper"), (found!.Value, found.Source));
        var asked = folder.Read("asked").Split('\n');
        Assert.Equal("get", asked[0]);
        Assert.Contains("host=github.com", asked);
        Assert.Contains("path=acme/bench.git", asked);
        Assert.DoesNotContain("store", asked);
        Assert.DoesNotContain("erase", asked);
    }

    [Fact]
    public async Task Git_without_a_helper_asks_nobody()
    {
        using var folder = new TestRepository();
        folder.Git("config", "credential.helper", "");
        folder.Git("config", "core.askPass", folder["asks"]);
        folder.Write("asks", "#!/bin/sh\ntouch asked\necho secret\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["asks"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Null(await SearchAsync(folder, "github.com", "GH_TOKEN=;GITHUB_TOKEN="));
        Assert.False(File.Exists(folder["asked"]));
    }

    [Fact]
    public async Task A_host_that_nobody_called_a_GitHub_gets_no_credential_of_gits()
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "The helper is a shell script.");
        using var folder = new TestRepository();
        folder.Git("config", "credential.helper", $"!f() {{ touch '{folder["asked"]}'; echo username=u; echo password=p; }}; f");

        Assert.Null(await SearchAsync(folder, "gitlab.example", ""));
        Assert.False(File.Exists(folder["asked"]));
    }

    [Fact]
    public async Task Gh_is_asked_for_the_host_and_sees_no_token_of_another()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TestRepository();
        folder.Git("config", "credential.helper", "");
        folder.Write(
            "bin/gh",
            $"#!/bin/sh\necho \"$@\" \"[$GH_TOKEN$GH_ENTERPRISE_TOKEN]\" > '{folder["asked"]}'\n[ \"$4\" = ghe.example ] && echo gho_stored\n"
        );
        // A program of the folder itself is not gh.
        folder.Write("gh", $"#!/bin/sh\necho gho_evil\n");
        foreach (var program in new[] { "bin/gh", "gh" })
            File.SetUnixFileMode(folder[program], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{folder["bin"]}:{path}");
        try
        {
            var found = await SearchAsync(folder, "ghe.example", "");
            Assert.Equal(("gho_stored", "'gh auth token'"), (found!.Value, found.Source));
            Assert.Equal("auth token --hostname ghe.example []\n", folder.Read("asked"));
            Assert.Null(await SearchAsync(folder, "other.example", ""));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    private static Task<GitHubToken?> SearchAsync(TestRepository folder, string host, string variables)
    {
        var environment = new Dictionary<string, string>(Everything);
        foreach (var variable in variables.Split(';', StringSplitOptions.RemoveEmptyEntries))
            environment[variable.Split('=')[0]] = variable[(variable.IndexOf('=') + 1)..];
        return new TokenSearch(environment.GetValueOrDefault, folder.Path).FindAsync(
            GitHubHost.Of(RemoteAddress.TryParse($"https://{host}/acme/bench")!, environment.GetValueOrDefault),
            new("acme", "bench"),
            Cancellation
        );
    }
}
