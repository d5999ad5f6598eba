using System.Diagnostics;

namespace Concord.Tests.Launching;

public sealed class LauncherTests : IDisposable
{
    private static readonly string Root = FindRoot();
    private static readonly string Launcher = Path.Combine(Root, "concord");

    private readonly DirectoryInfo elsewhere = Directory.CreateTempSubdirectory("concord launcher ");

    public void Dispose() => elsewhere.Delete(recursive: true);

    [Fact]
    public async Task Standard_output_is_the_programs_own_text()
    {
        var launched = await Run(Launcher, "--version");
        var program = await Run(BuiltProgram(), "--version");

        Assert.Equal(program, launched with { Error = program.Error });
        Assert.Equal(0, launched.ExitCode);
    }

    [Fact]
    public async Task It_runs_through_symbolic_links()
    {
        var absolute = Path.Combine(elsewhere.FullName, "absolute");
        File.CreateSymbolicLink(absolute, Launcher);
        File.CreateSymbolicLink(Path.Combine(elsewhere.FullName, "relative"), "absolute");

        var launched = await Run(Path.Combine(elsewhere.FullName, "relative"), "--version");

        Assert.Equal((await Run(Launcher, "--version")).Output, launched.Output);
        Assert.Equal(0, launched.ExitCode);
    }

    [Fact]
    public async Task Arguments_and_exit_code_are_passed_on_unchanged()
    {
        string[] arguments = ["no such verb", "*", ""];

        var launched = await Run(Launcher, arguments);
        var program = await Run(BuiltProgram(), arguments);

        Assert.Equal(program, launched);
    }

    [Theory]
    [InlineData("concord")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    [InlineData(".config/prerequisites.sh")]
    [InlineData(".config/build.sh")]
    public async Task Scripts_parse(string script)
    {
        var checkedScript = await Run("bash", "-n", Path.Combine(Root, script));

        Assert.Equal(new Result(0, "", ""), checkedScript);
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("--filter")]
    public async Task Test_refuses_what_it_does_not_know(string option)
    {
        var refused = await Run(Path.Combine(Root, "test"), option);

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("", refused.Output);
        Assert.Contains("./test [--soak]", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v20.19.0", true, "")]
    [InlineData("v22.12.0", true, "")]
    [InlineData("v23.0.0", true, "")]
    [InlineData("v24.1.0", true, "")]
    [InlineData("v18.20.1", true, "here is v18.20.1")]
    [InlineData("v20.18.3", true, "here is v20.18.3")]
    [InlineData("v21.7.0", true, "here is v21.7.0")]
    [InlineData("v22.11.0", true, "here is v22.11.0")]
    [InlineData("v22.12.0", false, "here is no npm")]
    [InlineData("no version", true, "there is none")]
    public async Task Node_is_asked_for_as_the_build_asks_for_it(string version, bool npm, string complaint)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The launcher is a shell script.");
        Program("node", $"echo '{version}'");
        if (npm)
            Program("npm", "");

        var asked = await Run(
            "/bin/bash",
            "-c",
            $"root='{Root}'; . \"$root/.config/prerequisites.sh\"; PATH='{elsewhere.FullName}'; need node; first=$?; need node; echo $first $?"
        );

        Assert.Equal(complaint.Length == 0 ? "0 0\n" : "1 1\n", asked.Output);
        Assert.Equal(
            complaint.Length == 0 ? 0 : 1,
            asked.Error.Split('\n').Count(l => l.StartsWith("Node 20.19", StringComparison.Ordinal))
        );
        Assert.Contains(complaint, asked.Error, StringComparison.Ordinal);
    }

    private void Program(string name, string script)
    {
        var path = Path.Combine(elsewhere.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    // The stamp's first line names the folder of the last good build.
    private static string BuiltProgram()
    {
        var home = Path.Combine(Root, "artifacts", "concord");
        return Path.Combine(home, File.ReadLines(Path.Combine(home, "stamp")).First(), "concord");
    }

    private async Task<Result> Run(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = elsewhere.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        process.StandardInput.Close();
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new(process.ExitCode, await output, await error);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "eval.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    private sealed record Result(int ExitCode, string Output, string Error);
}
