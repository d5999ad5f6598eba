using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Concord.App.Host;

/// <summary>
/// Kestrel and what answers, without a host's furniture: no settings from files or variables, no log that could hold the token, and less to
/// compile before the port opens (src/decisions/0022-grading-host.md).
/// </summary>
internal sealed class Site : IHttpApplication<HttpContext>, IAsyncDisposable
{
    /// <summary>What listens to the sites of this process hears of each request before anything else sees it, and of its end.</summary>
    public const string ListenerName = "Concord.App.Host";
    public const string Began = "Request.Began";
    public const string Ended = "Request.Ended";

    private static readonly DiagnosticListener Listener = new(ListenerName);

    private readonly ServiceProvider _services;
    private readonly KestrelServer _server;
    private readonly RequestDelegate _answer;
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="port">The port, once it is started.</param>
    /// <param name="addresses">Whose port.</param>
    /// <param name="limit">Limits what is taken.</param>
    /// <param name="answer">Says what answers; its token ends as the site begins to stop.</param>
    public Site(
        int port,
        IReadOnlyList<IPAddress> addresses,
        Action<KestrelServerLimits> limit,
        Action<IApplicationBuilder, CancellationToken> answer
    )
    {
        _services = Services();
        var application = new ApplicationBuilder(_services);
        answer(application, _stopping.Token);
        _answer = application.Build();
        var options = new KestrelServerOptions { ApplicationServices = _services, AddServerHeader = false };
        limit(options.Limits);
        foreach (var address in addresses)
            options.Listen(address, port, Listen);
        _server = new(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance
        );
    }

    /// <exception cref="IOException">The port is somebody else's.</exception>
    public Task StartAsync(CancellationToken cancellation) => _server.StartAsync(this, cancellation);

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _server.StopAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _services.DisposeAsync();
        _stopping.Dispose();
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) =>
        new DefaultHttpContext(contextFeatures);

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context) =>
        Listener.IsEnabled() ? ToldAsync(context) : _answer(context);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception) { }

    private async Task ToldAsync(HttpContext context)
    {
        Listener.Write(Began, context);
        await _answer(context);
        Listener.Write(Ended, context);
    }

    // What routing asks for, and nothing else.
    private static ServiceProvider Services() =>
        new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(Listener)
            .AddRoutingCore()
            .BuildServiceProvider();

    private static void Listen(ListenOptions options)
    {
        options.Protocols = HttpProtocols.Http1;
        options.Use(next =>
            connection =>
            {
                if (LocalCaller.MayBeOwn(connection.RemoteEndPoint, connection.LocalEndPoint))
                    return next(connection);
                connection.Abort();
                return Task.CompletedTask;
            }
        );
    }
}
