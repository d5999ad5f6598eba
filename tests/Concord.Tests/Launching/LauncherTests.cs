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
