using Concord.App;

namespace Concord.Tests.Support;

/// <summary>What a command answered.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error);

/// <summary>Runs the command line in this process, as a user would from a folder.</summary>
internal static class CommandLine
{
    private const int Redirected = 10_000;

    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) =>
        RunWithInputAsync(folder, "", arguments);

    public static Task<CommandResult> RunWithInputAsync(string folder, string input, params string[] arguments) =>
        RunAtWidthAsync(folder, input, Redirected, arguments);

    /// <summary>As in a terminal of that many columns.</summary>
    public static async Task<CommandResult> RunAtWidthAsync(string folder, string input, int width, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input));
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            Input = stream,
            Folder = folder,
            Width = width,
        };
        var code = await ConcordCli.RunAsync(arguments, terminal, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }
}
