using Concord.App.Host;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.BrowserTests.Support;

/// <summary>A grader before the page: the real host on a free port, over a repository of its own, in a context of the browser.</summary>
internal sealed class GradingPage : IAsyncDisposable
{
    private readonly string _grader;
    private GradingHost _host;
    private readonly int _port;
    private bool _stopped;

    private GradingPage(
        TestRepository repository,
        GradingHost host,
        IBrowserContext context,
        IPage page,
        string grader,
        GradingMode mode
    )
    {
        (Repository, _host, Context, Page, _grader, Mode) = (repository, host, context, page, grader, mode);
        _port = host.Names.Port;
    }

    public TestRepository Repository { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public GradingMode Mode { get; }

    public GradingHost Host => _host;

    public string Origin => _host.Names.PageOrigin;

    public ILocator Form => Page.Locator("#grade");

    /// <summary>What the page says is safe.</summary>
    public ILocator SavedState => Page.Locator(".saved");

    /// <summary>Opens the page as <c>concord grade</c> does, and waits until it can be graded.</summary>
    public static async Task<GradingPage> OpenAsync(
        Chromium chromium,
        TestRepository? repository = null,
        GradingMode mode = GradingMode.Grade,
        int width = 1280,
        int height = 720,
        ColorScheme colours = ColorScheme.Light,
        Func<IPage, Task>? before = null,
        string grader = "ada",
        int port = 0,
        bool remote = true
    )
    {
        repository ??= Benchmarks.Drawing();
        if (remote)
            Benchmarks.Share(repository);
        var host = await StartAsync(repository, grader, mode, port);
        var context = await chromium.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = colours,
            }
        );
        var page = await context.NewPageAsync();
        var opened = new GradingPage(repository, host, context, page, grader, mode);
        if (before is not null)
            await before(page);
        await page.GotoAsync(host.Address);
        await opened.ReadyAsync();
        return opened;
    }

    /// <summary>Waits until an output can be graded, or the queue has ended.</summary>
    public Task ReadyAsync(IPage? page = null) =>
        (page ?? Page).Locator("#grade .fields:not([inert]), .end").First.WaitForAsync();

    /// <summary>Waits until this output is the one to grade.</summary>
    public async Task AtAsync(int number, IPage? page = null)
    {
        await Assertions.Expect((page ?? Page).Locator(".blind")).ToContainTextAsync($"Output {number}");
        await ReadyAsync(page);
    }

    /// <summary>One value of a criterion.</summary>
    public ILocator Score(string criterion, int value, IPage? page = null) =>
        (page ?? Page).Locator($"input[name=score-{criterion}][value='{value}']");

    /// <summary>The criterion whose values unfold.</summary>
    public ILocator Focused => Page.Locator(".criterion.focused .criterion-title");

    /// <summary>What the page says for people and their screen readers.</summary>
    public ILocator Said => Page.Locator(".said");

    /// <summary>Another window or tab of the same browser.</summary>
    public async Task<IPage> AnotherTabAsync()
    {
        var page = await Context.NewPageAsync();
        await page.GotoAsync(Origin + "/");
        await ReadyAsync(page);
        return page;
    }

    /// <summary>Ends the host under the open page.</summary>
    public async Task StopHostAsync()
    {
        _stopped = true;
        await _host.DisposeAsync();
    }

    /// <summary>Starts it again on the same port.</summary>
    public async Task StartHostAsync()
    {
        _host = await StartAsync(Repository, _grader, Mode, _port);
        _stopped = false;
    }

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }

    /// <summary>An output's row as the session's branch has it; empty where there is none.</summary>
    public async Task<string> RowAsync(int number)
    {
        var key = (await _host.Opening).Session.Order[number - 1];
        return (await CommittedAsync())
                .Split('\n')
                .FirstOrDefault(r => r.StartsWith($"{key.Challenge},{key.Model},", StringComparison.Ordinal))
            ?? "";
    }

    /// <summary>Waits until an output's row is committed with these cells.</summary>
    public Task CommittedAsync(int number, string cells) =>
        Conditions.UntilAsync(
            async () => (await RowAsync(number)).Contains(cells, StringComparison.Ordinal),
            $"a commit of output {number} with {cells}"
        );

    /// <summary>Waits until the session has made so many commits.</summary>
    public Task CommitsAsync(int count) => Conditions.UntilAsync(async () => await CommitsAsync() == count, $"{count} commits");

    /// <summary>How many commits the session has made.</summary>
    public async Task<int> CommitsAsync() =>
        int.Parse(
            Repository.Git("rev-list", "--count", $"main..{(await _host.Opening).Session.Branch}"),
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <summary>The drafts on disk.</summary>
    public IReadOnlyList<string> Drafts() =>
        Directory.Exists(Repository[".git/concord/grading"])
            ?
            [
                .. Directory
                    .EnumerateFiles(Repository[".git/concord/grading"], "*", SearchOption.AllDirectories)
                    .Where(f => f.Contains("/drafts/", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith('.'))
                    .Select(File.ReadAllText),
            ]
            : [];

    /// <summary>The grader's file of today's session as its branch has it; empty where there is none.</summary>
    public async Task<string> CommittedAsync()
    {
        var session = (await _host.Opening).Session;
        return
            Repository.Git("ls-tree", "-r", "--name-only", session.Branch, "grades/") is { } files
            && files.Split('\n').FirstOrDefault(f => f.StartsWith($"grades/{_grader}-", StringComparison.Ordinal)) is { } file
            ? Repository.Git("show", $"{session.Branch}:{file}")
            : "";
    }

    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        if (!_stopped)
            await _host.DisposeAsync();
        Repository.Dispose();
    }

    private static async Task<GradingHost> StartAsync(TestRepository repository, string grader, GradingMode mode, int port)
    {
        var host = await GradingHost.StartAsync(
            new(
                repository.Path,
                port,
                false,
                null,
                TimeProvider.System,
                line => TestContext.Current.TestOutputHelper?.WriteLine(line)
            ),
            Task.FromResult(new GradingOptions(repository.Path, GraderId.Parse(grader), true, mode, [], TimeProvider.System)),
            await GitRepository.FindAsync(repository.Path, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        await host.Opening;
        return host;
    }
}
