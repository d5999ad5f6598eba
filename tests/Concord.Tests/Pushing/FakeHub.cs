using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Concord.Tests.Pushing;

/// <summary>A Hub on this machine, and a store of another origin, as the contracts have them. Both remember what they were asked, and what was wrong.</summary>
internal sealed partial class FakeHub : IAsyncDisposable
{
    public const string Token = "hf_5ecretC0nc0rdT0kenabcdefghijklmnop";

    private readonly WebApplication _hub;
    private readonly WebApplication _store;
    private readonly ConcurrentQueue<string> _mistakes = new();
    private readonly List<HubFault> _faults = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Oid, int Parts)> _uploads = [];
    private readonly Dictionary<string, byte[]> _parts = [];

    private FakeHub(WebApplication hub, WebApplication store) => (_hub, _store) = (hub, store);

    public string Url => _hub.Urls.Single();

    public string StoreUrl => _store.Urls.Single();

    public ConcurrentQueue<HubCall> Calls { get; } = new();

    public Dictionary<string, FakeDataset> Datasets { get; } = [];

    /// <summary>What the store has, by SHA-256.</summary>
    public ConcurrentDictionary<string, byte[]> Stored { get; } = new();

    /// <summary>From what size on files go in parts, and the size of these; 0 for never.</summary>
    public int PartSize { get; set; }

    /// <summary>Whether the store forgets what it was sent, having counted it.</summary>
    public bool Forgets { get; set; }

    /// <summary>Whether the place for the parts of a file stays until it is whole.</summary>
    public bool KeepsPlaces { get; set; }

    public bool Verifies { get; set; } = true;

    /// <summary>Where to verify; null for the Hub itself.</summary>
    public string? VerifyUrl { get; set; }

    public string CardWarning { get; set; } = "";

    public string CardError { get; set; } = "";

    public int PageSize { get; set; } = 1000;

    public Func<string, bool> IsLarge { get; set; } = path => path.EndsWith(".parquet", StringComparison.Ordinal);

    public HashSet<string> Ignored { get; } = [];

    public static async Task<FakeHub> StartAsync()
    {
        var (hub, store) = (Build(), Build());
        var fake = new FakeHub(hub, store);
        hub.Run(c => fake.HandleAsync(c, isStore: false));
        store.Run(c => fake.HandleAsync(c, isStore: true));
        await hub.StartAsync();
        await store.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _store.DisposeAsync();
        Assert.Empty(_mistakes);
    }

    public FakeDataset Add(string name) => Datasets[name] = FakeDataset.New(name);

    /// <summary>From now on something goes wrong with some calls.</summary>
    public void Break(HubFault fault)
    {
        lock (_lock)
            _faults.Add(fault);
    }

    public void Refuse(
        Func<HubCall, bool> isFor,
        int status,
        string body = "",
        int times = 1,
        params (string Name, string Value)[] headers
    ) =>
        Break(
            new(
                isFor,
                context =>
                {
                    context.Response.StatusCode = status;
                    foreach (var (name, value) in headers)
                        context.Response.Headers[name] = value;
                    context.Response.ContentType = "application/json";
                    return context.Response.WriteAsync(body);
                }
            )
            {
                Times = times,
            }
        );

    public static Task Cut(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = null);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private async Task HandleAsync(HttpContext context, bool isStore)
    {
        try
        {
            await AnswerAsync(context, isStore);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException or BadHttpRequestException))
        {
            _mistakes.Enqueue($"{context.Request.Method} {context.Request.Path}: {e.Message}");
            throw;
        }
    }

    private async Task AnswerAsync(HttpContext context, bool isStore)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var call = new HubCall(request.Method, target.Split('?')[0], request.QueryString.Value ?? "", isStore)
        {
            Headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        Calls.Enqueue(call);
        CheckSecrets(call);
        if (Fault(call, beforeBody: true) is { } early)
        {
            await early.Send!(context);
            return;
        }
        if (request.ContentLength is null && request.Method != "GET")
            throw new InvalidOperationException("A body needs its length.");
        call.Body = await BodyAsync(request, keep: !(Forgets && (isStore || call.IsCommit)));
        if (call.Text.Contains(Token[3..]))
            throw new InvalidOperationException("The token is in a body.");
        var fault = Fault(call, beforeBody: false);
        fault?.Before();
        if (fault is { AfterDoing: false, Send: { } send })
        {
            await send(context);
            return;
        }
        lock (_lock)
            (call.Status, call.Answer) = isStore ? Put(call, context) : Reply(call, context);
        if (fault?.Send is { } instead)
        {
            await instead(context);
            return;
        }
        context.Response.StatusCode = call.Status;
        if (call.Answer.Length == 0)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(call.Answer);
    }

    // The token is for the Hub's own calls, in its header, and nowhere else.
    private static void CheckSecrets(HubCall call)
    {
        var isOwn = !call.IsStore && !call.Path.EndsWith("/multipart/complete", StringComparison.Ordinal);
        if (!isOwn && call.Headers.ContainsKey("Authorization") && call.Headers["Authorization"] != "Store own")
            throw new InvalidOperationException("The token went where it does not belong.");
        foreach (var (name, value) in call.Headers)
            if (!(isOwn && name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) && value.Contains(Token[3..12]))
                throw new InvalidOperationException($"The token is in the header {name}.");
        if ((call.Path + call.Query).Contains(Token[3..12]))
            throw new InvalidOperationException("The token is in the address.");
        if (isOwn && !call.Headers["User-Agent"].StartsWith("concord/", StringComparison.Ordinal))
            throw new InvalidOperationException("Nobody says who asks.");
    }

    private HubFault? Fault(HubCall call, bool beforeBody)
    {
        lock (_lock)
        {
            var fault = _faults.FirstOrDefault(f => f.Times > 0 && f.BeforeBody == beforeBody && f.IsFor(call));
            if (fault is not null)
                fault.Times--;
            return fault;
        }
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request, bool keep)
    {
        if (keep)
        {
            using var all = new MemoryStream();
            await request.Body.CopyToAsync(all);
            return all.ToArray();
        }
        // Only its sum and length.
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer) is var count and > 0)
            sum.AppendData(buffer, 0, count);
        return sum.GetHashAndReset();
    }

    private (int Status, string Answer) Put(HubCall call, HttpContext context)
    {
        if (call.Method == "POST" && call.Path == "/verify")
            return (200, "");
        if (call.Method != "PUT")
            throw new InvalidOperationException("The store takes PUT alone.");
        var parts = call.Path.Trim('/').Split('/');
        if (parts[0] == "part")
        {
            var etag = $"\"e{parts[2]}-{call.Body.Length.ToString(CultureInfo.InvariantCulture)}\"";
            _parts[$"{parts[1]}/{parts[2]}"] = call.Body;
            context.Response.Headers.ETag = etag;
            return (200, "");
        }
        var oid = parts[1];
        if (call.Headers.GetValueOrDefault("x-amz-leave") != "granted")
            return (403, "");
        var sum = Forgets ? call.Body : SHA256.HashData(call.Body);
        if (Convert.ToHexStringLower(sum) != oid)
            return (400, "");
        Stored[oid] = call.Body;
        return (200, "");
    }
}
