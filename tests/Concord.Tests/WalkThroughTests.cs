using System.Text.RegularExpressions;
using Concord.Tests.Support;

namespace Concord.Tests;

/// <summary>Runs the README's walk-through to the letter: with the program as built, and with the packed tool.</summary>
public sealed partial class WalkThroughTests
{
    [Fact]
    public async Task The_walk_through_of_the_README_works_in_an_empty_folder()
    {
        using var tools = new TempFolder();
        tools.Write("concord", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "concord.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tools["concord"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await WalkThroughAsync(tools.Path);
    }

    [Fact]
    public async Task The_packed_tool_does_the_walk_through_without_the_repository()
    {
        using var tools = new TempFolder();
        // Of the program that was built for these tests: what is packed is what is tested.
        var packed = await ProcessRun.RunAsync(
            SourceTree.Root,
            Environment(tools.Path),
            "dotnet",
            "pack",
            "src/Concord.App",
            "-c",
            "Release",
            "--no-build",
            "-o",
            tools["packages"],
            "-nologo",
            "-v",
            "quiet"
        );
        Assert.True(packed.ExitCode == 0, packed.Out + packed.Error);
        var installed = await ProcessRun.RunAsync(
            tools.Path,
            Environment(tools.Path),
            "dotnet",
            "tool",
            "install",
            "concord",
            "--tool-path",
            tools["bin"],
            "--add-source",
            tools["packages"],
            "--prerelease"
        );
        Assert.True(installed.ExitCode == 0, installed.Out + installed.Error);

        await WalkThroughAsync(tools["bin"]);
    }

    private static async Task WalkThroughAsync(string tools)
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(SourceTree.Root, "README.md"),
            TestContext.Current.CancellationToken
        );
        var script = WalkThrough().Match(readme).Groups[1].Value;
        Assert.Contains("concord consensus --write", script, StringComparison.Ordinal);
        using var folder = new TempFolder();
        folder.Write("walk-through.sh", script);

        var result = await ProcessRun.RunAsync(folder.Path, Environment(tools), "bash", "-eu", "walk-through.sh");

        Assert.True(result.ExitCode == 0, result.Out + result.Error);
        Assert.Contains(",overall,", folder.Read("my-bench/consensus/consensus.csv"), StringComparison.Ordinal);
        Assert.StartsWith("{\"schema_version\":\"1.0\",", folder.Read("my-bench/pairs.jsonl"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Environment(string tools) =>
        new()
        {
            ["PATH"] = $"{tools}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };

    [GeneratedRegex(@"## [^\n]*[Ww]alk-through[^`]*```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex WalkThrough();
}
