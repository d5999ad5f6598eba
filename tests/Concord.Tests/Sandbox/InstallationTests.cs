using Concord.Pipeline.Sandbox;
using Concord.Tests.Support;

namespace Concord.Tests.Sandbox;

public sealed class InstallationTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(".nvm/v20/bin/node", ".nvm/v20")]
    [InlineData(".pyenv/versions/3.12/bin/python3", ".pyenv/versions/3.12")]
    [InlineData(".cargo/bin/cargo", ".cargo/bin")]
    [InlineData(".local/bin/tool", ".local/bin", ".local/lib")]
    [InlineData(".dotnet/dotnet", ".dotnet/dotnet")]
    [InlineData("bin/tool")]
    [InlineData("tool")]
    public void What_lies_beside_a_program_below_the_home_folder_is_not_to_be_seen(string program, params string[] seen)
    {
        _home.Write(".cargo/credentials.toml", "secret");
        _home.Write(".local/share/keyrings/login.keyring", "secret");
        _home.Write(".local/lib/node_modules/tool.js", "");
        _home.Write(program, "");

        Assert.Equal(seen.Select(s => _home[s]), Programs.Installation(_home[program], _home.Path));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_program_of_the_home_folder_runs_without_what_lies_beside_it()
    {
        var sandbox = await SandboxHere.FindAsync();
        // The sandbox has a /tmp of its own, and that of root is nobody's.
        var home = Directory.CreateDirectory($"/var/tmp/concord-test-{Guid.NewGuid():N}").FullName;
        try
        {
            const UnixFileMode everybody = (UnixFileMode)0b111_101_101;
            foreach (var folder in (string[])[".cargo", ".cargo/bin", ".single"])
                Directory.CreateDirectory(Path.Combine(home, folder), everybody);
            foreach (var secret in (string[])[".cargo/credentials.toml", ".single/secret"])
                File.WriteAllText(Path.Combine(home, secret), "the secret");
            string[] programs = [Path.Combine(home, ".cargo/bin/tool"), Path.Combine(home, ".single/tool2")];
            foreach (var program in programs)
            {
                File.WriteAllText(program, $"#!/bin/sh\necho {Path.GetFileName(program)}\n");
                File.SetUnixFileMode(program, everybody);
            }

            var result = await sandbox.RunAsync(
                [],
                $"tool; tool2; cat '{home}/.cargo/credentials.toml' '{home}/.single/secret'",
                [.. programs.SelectMany(p => Programs.Installation(p, home))],
                SandboxLimits.Within(TimeSpan.FromSeconds(10)),
                TestContext.Current.CancellationToken
            );

            Assert.True(result.Output == "tool\ntool2\n", result.ToString());
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
