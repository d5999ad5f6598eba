using System.Diagnostics;

namespace Concord.Tests.Support;

/// <summary>The real program as a process of its own.</summary>
internal static class ConcordProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "concord.dll");

    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, [], ["dotnet", Program, .. arguments]);

    /// <summary>Runs any program to its end.</summary>
    public static async Task<CommandResult> RunAsync(string folder, (string Name, string Value)[] environment, string[] command)
    {
        using var process = Start(folder, environment, command);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, (string Name, string Value)[] environment, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
