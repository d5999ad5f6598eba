using Microsoft.Playwright;

namespace Concord.Pipeline.Browser;

/// <summary>Playwright's driver, a process of Node that serves any number of browsers. It takes half a second to start.</summary>
public sealed class RunningDriver : IDisposable
{
    private readonly IPlaywright _playwright;
    private readonly BrowserProgram _program;

    private RunningDriver(IPlaywright playwright, BrowserProgram program) => (_playwright, _program) = (playwright, program);

    /// <summary>Starts the driver.</summary>
    /// <param name="program">The browser that it will launch, and its Node.</param>
    public static async Task<RunningDriver> StartAsync(BrowserProgram program)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_NODEJS_PATH", program.Node);
        return new(await Playwright.CreateAsync(), program);
    }

    /// <summary>Starts a browser, which does not outlive the driver.</summary>
    public Task<RunningBrowser> LaunchAsync() => RunningBrowser.LaunchAsync(_playwright, _program);

    /// <inheritdoc/>
    public void Dispose() => _playwright.Dispose();
}
