using System.Diagnostics;
using Concord.Tests.Support;

namespace Concord.BrowserTests.Support;

/// <summary>The real <c>concord grade</c>, as a process that can be killed.</summary>
internal sealed class GradeProgram : IDisposable
{
    private readonly Process _process;

    private GradeProgram(Process process, string address) => (_process, Address) = (process, new(address));

    /// <summary>What lets a browser in.</summary>
    public Uri Address { get; }

    /// <summary>Starts it on the clone's own port, and waits until it serves.</summary>
    public static async Task<GradeProgram> StartAsync(TestRepository repository)
    {
        var process = ConcordProcess.Start(
            repository.Path,
            [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")],
            ["dotnet", ConcordProcess.Program, "grade", "--no-browser", "--grader", "ada"]
        );
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line?.LastIndexOf("http://", StringComparison.Ordinal) is not (>= 0 and var at))
            throw new InvalidOperationException(
                $"{line}{await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}"
            );
        return new(process, line[at..]);
    }

    /// <summary>Ends it as a power failure would: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
