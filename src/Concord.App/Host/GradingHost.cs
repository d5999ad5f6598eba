using System.Net;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Submitting;

namespace Concord.App.Host;

/// <summary>The two sites of a grading session: the page with its API, and the previews (src/decisions/0022-grading-host.md).</summary>
internal sealed class GradingHost : IAsyncDisposable
{
    private const int LargestBody = 512 * 1024;
    private const int MostConnections = 128;
    private const int Tries = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Site _page;
    private readonly Site _previews;
    private readonly PreviewSite _site;
    private readonly PageAccess _access;

    private GradingHost(
        Site page,
        Site previews,
        PreviewSite site,
        ServedNames names,
        PageAccess access,
        Task<string> choosing,
        Task<GradingDesk> opening
    ) => (_page, _previews, _site, Names, _access, Choosing, Opening) = (page, previews, site, names, access, choosing, opening);

    public ServedNames Names { get; }

    /// <summary>The id of the session, known when nothing but git can stop its being opened.</summary>
    public Task<string> Choosing { get; }

    /// <summary>The session, which is opened while the ports are open already.</summary>
    public Task<GradingDesk> Opening { get; }

    /// <summary>What lets a browser in, for the grader's eyes.</summary>
    public string Address => $"{Names.PageOrigin}/?{PageEndpoints.TokenName}={_access.Token}";

    /// <summary>The same for one use.</summary>
    public string OneTimeAddress() => $"{Names.PageOrigin}/?{PageEndpoints.TokenName}={_access.OneTimeToken()}";

    /// <summary>Opens both ports, and the session as soon as it is known who grades.</summary>
    /// <param name="options">How the page is served.</param>
    /// <param name="grading">The session, which may still be asked for: where it fails, so does <see cref="Opening"/>.</param>
    /// <param name="repository">The workspace's repository.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">No port is free, or the secret cannot be kept.</exception>
    public static async Task<GradingHost> StartAsync(
        GradingHostOptions options,
        Task<GradingOptions> grading,
        GitRepository repository,
        CancellationToken cancellation
    )
    {
        var secret = CloneSecret.Open(repository.CommonFolder!);
        var choosing = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var opening = Task.Run(
            () => OpenAsync(options, grading, repository, secret, choosing.SetResult, cancellation),
            cancellation
        );
        // Whoever waits for it sees the error; nobody may be waiting.
        _ = opening.ContinueWith(
            t => t.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        var first = FirstAsync(choosing.Task, opening);
        for (var left = Tries; ; left--)
            if (await TryListenAsync(options, secret, first, opening, mayRetry: left > 1, cancellation) is { } host)
                return host;
    }

    /// <summary>Opens both ports; null where somebody took one between its being found free and this.</summary>
    private static async Task<GradingHost?> TryListenAsync(
        GradingHostOptions options,
        CloneSecret secret,
        Task<string> choosing,
        Task<GradingDesk> opening,
        bool mayRetry,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<IPAddress> everywhere = [IPAddress.Any];
        var remote = options.RemoteToken is not null;
        var port = FreePort.From(options.Port ?? secret.Port, options.Port is > 0, remote ? everywhere : [IPAddress.Loopback]);
        var previewAddresses = remote ? everywhere : FreePort.BothLoopbacks;
        var previewPort = FreePort.From(options.Port == 0 ? 0 : port + 1, only: false, previewAddresses);
        var names = remote ? ServedNames.OfMachine(port, previewPort) : ServedNames.OfLoopback(port, previewPort);
        var access = new PageAccess(options.RemoteToken ?? secret.Token, secret.CookieName);
        var site = new PreviewSite(options.Root, names, opening);
        var page = Page(options, names, access, opening, remote ? everywhere : [IPAddress.Loopback]);
        var previews = Previews(site, names, previewAddresses);
        try
        {
            await page.StartAsync(cancellation);
            await previews.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await page.DisposeAsync();
            await previews.DisposeAsync();
            site.Dispose();
            if (mayRetry)
                return null;
            throw new ConcordException(
                "port",
                $"The port could not be opened: {e.Message}",
                "Run the command again, or name another with --port."
            );
        }
        FirstRequests.Begin(names, access, opening);
        return new(page, previews, site, names, access, choosing, opening);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Task.WhenAll(StopAsync(_page, patience.Token), StopAsync(_previews, patience.Token));
        _site.Dispose();
        if (Opening.IsCompletedSuccessfully)
            await Opening.Result.Session.DisposeAsync();
    }

    private static async Task StopAsync(Site site, CancellationToken cancellation)
    {
        await site.StopAsync(cancellation);
        await site.DisposeAsync();
    }

    private static async Task<GradingDesk> OpenAsync(
        GradingHostOptions options,
        Task<GradingOptions> asked,
        GitRepository repository,
        CloneSecret secret,
        Action<string> chosen,
        CancellationToken cancellation
    )
    {
        var grading = await asked;
        var session = GradingSession.OpenAsync(grading, repository, chosen, cancellation);
        var remote = grading.Commits ? Submission.HasRemoteAsync(repository, cancellation) : Task.FromResult(false);
        return new(options, grading, secret, await session, await remote);
    }

    // Where it is never chosen, opening says why.
    private static async Task<string> FirstAsync(Task<string> choosing, Task<GradingDesk> opening) =>
        await Task.WhenAny(choosing, opening) == choosing ? await choosing : (await opening).Session.Id;

    private static Site Page(
        GradingHostOptions options,
        ServedNames names,
        PageAccess access,
        Task<GradingDesk> opening,
        IReadOnlyList<IPAddress> addresses
    )
    {
        var guard = new PageGuard(names, access);
        return new(
            names.Port,
            addresses,
            limits => limits.MaxRequestBodySize = LargestBody,
            (page, stopping) =>
            {
                page.Use(next => context => guard.CheckAsync(context, next));
                page.Use(next => context => Refusal.AroundAsync(context, next, opening, options.Say));
                page.UseRouting();
                page.UseEndpoints(routes =>
                {
                    PageEndpoints.Map(routes, names, access);
                    SessionEndpoints.Map(routes, names, opening, new(options, opening), stopping);
                    ItemEndpoints.Map(routes, names, opening);
                    GradeEndpoints.Map(routes, options.Time, opening);
                    routes.MapFallback(Refusal.NotFoundAsync);
                });
            }
        );
    }

    private static Site Previews(PreviewSite site, ServedNames names, IReadOnlyList<IPAddress> addresses) =>
        new(
            names.PreviewPort,
            addresses,
            limits =>
            {
                limits.MaxRequestBodySize = 0;
                limits.MaxConcurrentConnections = MostConnections;
            },
            (previews, _) => previews.Run(site.AnswerAsync)
        );
}
