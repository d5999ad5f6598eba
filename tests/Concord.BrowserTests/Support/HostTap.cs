using System.Collections.Concurrent;
using System.Diagnostics;
using Concord.App.Host;
using Microsoft.AspNetCore.Http;

namespace Concord.BrowserTests.Support;

/// <summary>What comes to the hosts of this process, and every byte that they answer: taken at the servers, before anything of ours sees it.</summary>
internal sealed class HostTap : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<Exchange> _exchanges = new();
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];

    public HostTap() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>What came to a port so far.</summary>
    public IReadOnlyList<Exchange> At(params int[] ports) => [.. _exchanges.Where(e => ports.Contains(e.Port))];

    /// <summary>What came to either site of a host.</summary>
    public IReadOnlyList<Exchange> Of(GradingPage grading) => At(grading.Host.Names.Port, grading.Host.Names.PreviewPort);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Site.ListenerName)
            _subscriptions.Add(value.Subscribe(this, name => name is Site.Began or Site.Ended));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not HttpContext context)
            return;
        if (value.Key == Site.Began)
        {
            var exchange = new Exchange(context);
            context.Items[this] = exchange;
            context.Response.Body = new TappedStream(context.Response.Body, exchange);
            _exchanges.Enqueue(exchange);
        }
        else if (context.Items[this] is Exchange exchange)
        {
            exchange.End(context.Response);
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }
}
