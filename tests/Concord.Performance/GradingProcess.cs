using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Concord.Performance;

/// <summary><c>concord grade</c> as a process of its own, as a grader runs it.</summary>
internal sealed class GradingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task _errors;

    private GradingProcess(Process process, Task errors, DateTime startedAt, TimeSpan announced, string address) =>
        (_process, _errors, StartedAt, Announced, Address) = (process, errors, startedAt, announced, address);

    public DateTime StartedAt { get; }

    /// <summary>From the start of the process to the printed address.</summary>
    public TimeSpan Announced { get; }

    public string Address { get; }

    public string Origin => new Uri(Address).GetLeftPart(UriPartial.Authority);

    public static async Task<GradingProcess> StartAsync(string program, string root, params string[] more)
    {
        var start = new ProcessStartInfo(
            program,
            ["grade", "--repo", root, "--grader", SpeedWorkspace.Grader, "--new-grader", "--no-browser", "--port", "0", .. more]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var (at, watch) = (DateTime.UtcNow, Stopwatch.StartNew());
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null)
            throw new InvalidOperationException(await errors);
        return new(process, errors, at, watch.Elapsed, line[(line.LastIndexOf(' ') + 1)..]);
    }

    /// <summary>A client that is let in as the browser is.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = true, UseProxy = false }) { BaseAddress = new(Origin) };
        client.DefaultRequestHeaders.Add("Origin", Origin);
        (await client.GetAsync(new Uri(Address))).EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Saves a grade and waits for the answer.</summary>
    /// <returns>The saved grade.</returns>
    public static async Task<(TimeSpan Took, JsonNode Grade)> SaveAsync(HttpClient client, string key, string version, int score)
    {
        var body = new JsonObject
        {
            ["scores"] = new JsonObject { ["functionality"] = score, ["aesthetics"] = score },
            ["notes"] = "measured",
            ["status"] = "graded",
            ["base"] = version,
            ["seconds"] = 10,
        };
        using var content = JsonContent.Create(body, new MediaTypeHeaderValue("application/json"));
        var watch = Stopwatch.StartNew();
        using var answer = await client.PutAsync(new Uri($"/api/items/{key}/grade", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        var took = watch.Elapsed;
        return answer.IsSuccessStatusCode ? (took, JsonNode.Parse(text)!["grade"]!) : throw new InvalidOperationException(text);
    }

    public async ValueTask DisposeAsync()
    {
        using (
            var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        )
            await signal.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _errors;
        _process.Dispose();
    }
}
