using System.Diagnostics;

namespace Concord.Tests.Support;

/// <summary>This assembly as a process of its own: it runs one explicit test, which works without end and writes down what was acknowledged to it.</summary>
internal sealed class KilledDriver : IDisposable
{
    private const string Begun = "begin\n";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly string _acknowledged;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private KilledDriver(Process process, string acknowledged)
    {
        (_process, _acknowledged) = (process, acknowledged);
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts it, and waits until it has begun.</summary>
    /// <param name="repository">Where it works.</param>
    /// <param name="place">The variable that tells it where.</param>
    /// <param name="method">The test.</param>
    public static async Task<KilledDriver> StartAsync(TestRepository repository, string place, string method)
    {
        var acknowledged = FileIn(repository.Path);
        File.Delete(acknowledged);
        var driver = new KilledDriver(
            ConcordProcess.Start(
                repository.Path,
                [(place, repository.Path), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")],
                [
                    "dotnet",
                    Path.Combine(AppContext.BaseDirectory, "Concord.Tests.dll"),
                    "-explicit",
                    "only",
                    "-method",
                    method,
                    "-noLogo",
                ]
            ),
            acknowledged
        );
        while (!File.Exists(acknowledged) && !driver._process.HasExited)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        return driver;
    }

    /// <summary>Within the driver: it has begun.</summary>
    public static Task BeginAsync(string place) =>
        File.AppendAllTextAsync(FileIn(place), Begun, TestContext.Current.CancellationToken);

    /// <summary>Within the driver: this was acknowledged.</summary>
    public static Task AcknowledgeAsync(string place, string line) =>
        File.AppendAllTextAsync(FileIn(place), line, TestContext.Current.CancellationToken);

    /// <summary>Waits until something was acknowledged, however busy the machine is.</summary>
    public async Task FirstAsync()
    {
        for (var watch = Stopwatch.StartNew(); !_process.HasExited && new FileInfo(_acknowledged).Length <= Begun.Length; )
        {
            Assert.True(watch.Elapsed < Patience, "Nothing was acknowledged.");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets it work for so long, then kills it in the midst of that.</summary>
    /// <returns>What was acknowledged, line by line, whole lines only.</returns>
    public async Task<string[]> KillAsync(double milliseconds)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalMilliseconds < milliseconds; )
            await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.False(_process.HasExited, _process.HasExited ? await _output + await _error : "");
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(_output, _error);
        var lines = (await File.ReadAllTextAsync(_acknowledged, TestContext.Current.CancellationToken)).Split('\n');
        return [.. lines[..^1].Skip(1)];
    }

    public void Dispose() => _process.Dispose();

    private static string FileIn(string repository) => Path.Combine(repository, ".git", "acknowledged");
}
