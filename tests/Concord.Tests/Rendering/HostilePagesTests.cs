using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

public sealed class HostilePagesTests
{
    private const int Neighbours = 6;

    // In company and once more alone: a worker's start, which has a minute; the timeout and its slack; closing and killing.
    private const double Timeout = 1;
    private const double TimeoutOfDrawn = 40;
    private const double MostStarting = 60;
    private const double MostEnding = 10;

    private static double MostSeconds(double timeout) => 2 * (MostStarting + timeout + 5 + MostEnding);

    /// <summary>What must have stopped a page; the others are drawn.</summary>
    private static readonly string[] Undrawn =
    [
        "endless-loop",
        "endless-loop-while-loading",
        "endless-alerts",
        "big-buffers",
        "heap-growth",
        "console-flood",
    ];

    /// <summary>What is only odd, and drawn; it gets the time that a busy machine takes.</summary>
    private static readonly string[] Drawn =
    [
        "alerts",
        "navigation",
        "meta-refresh",
        "network",
        "svg-animation",
        "many-elements",
        "network-more",
        "webrtc",
        "service-worker",
        "downloads",
        "pop-ups",
    ];

    [Fact]
    public async Task Hostile_pages_end_with_a_reason_and_touch_nothing_else()
    {
        RenderWorkspace.RequireBrowser();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What is left of processes is read from /proc.");
        using var canary = new Canary();
        using var temporary = new TempFolder();
        using var folder = RenderWorkspace.OfPages(Neighbours);
        var alone = await RunAsync(folder, temporary);
        Assert.True(alone.ExitCode == 0, alone.Error);
        var before = RenderWorkspace.Written(folder);
        RenderWorkspace.AddChallenge(folder, "hostile", Text(Timeout));
        RenderWorkspace.AddChallenge(folder, "odd", Text(TimeoutOfDrawn));
        var pages = Directory
            .EnumerateFiles(Path.Combine(SourceTree.Root, "tests/Concord.Tests/Rendering/Hostile"), "*.html")
            .Select(f => (Name: Path.GetFileNameWithoutExtension(f), Text: File.ReadAllText(f)))
            .ToArray();
        foreach (var (name, text) in pages)
            TestWorkspace.AddOutput(
                folder,
                Drawn.Contains(name) ? "odd" : "hostile",
                $"lab/{name}",
                text.Replace("PORT", canary.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            );

        var run = await RunAsync(folder, temporary, "--force");

        Assert.True(run.ExitCode == 1, run.Error);
        var outputs = JsonNode.Parse(run.Out)!["outputs"]!.AsArray().Where(o => (string)o!["challenge"]! != "bars").ToArray();
        Assert.Equal(pages.Length, outputs.Length);
        Assert.All(
            outputs,
            o =>
                Assert.True(
                    (double)o!["seconds"]! < MostSeconds((string)o["challenge"]! == "odd" ? TimeoutOfDrawn : Timeout),
                    o.ToJsonString()
                )
        );
        var undrawn = outputs.Where(o => (string)o!["status"]! == "error").ToArray();
        Assert.All(undrawn, o => Assert.EndsWith(".", (string)o!["reason"]!, StringComparison.Ordinal));
        foreach (var name in Undrawn)
            Assert.Contains(undrawn, o => (string)o!["model"]! == $"lab/{name}");
        Assert.True(undrawn.All(o => (string)o!["challenge"]! != "odd"), run.Error);
        foreach (var (file, digest) in before)
            Assert.True(digest == RenderWorkspace.Written(folder)[file], $"{file}: {folder.Read(file)}\n{run.Error}");
        Assert.Equal([], canary.Seen);
        Assert.Equal([], await LeftAsync(temporary.Path));
        Assert.Equal([], Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public async Task What_a_page_tried_is_told()
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.Create();
        TestWorkspace.AddOutput(
            folder,
            "bars",
            "lab/one",
            "<p>x</p><script>alert(1);fetch('http://127.0.0.1:9/a').catch(()=>{});fetch('none.json');console.error('oh',1);setTimeout(()=>{location='http://127.0.0.1:9/b'},9);throw new Error('no')</script>"
        );

        var run = await RenderWorkspace.RenderAsync(folder);

        Assert.True(run.ExitCode == 0, run.Error);
        var record = JsonNode.Parse(folder.Read("benchmarks/outputs/bars/lab/one/render.json"))!;
        Assert.Equal(
            """["fetch http://127.0.0.1:9/a","navigation http://127.0.0.1:9/b"]""",
            record["blocked_requests"]!.ToJsonString()
        );
        Assert.Equal("""["none.json"]""", record["missing_files"]!.ToJsonString());
        Assert.Equal("""["dialog: alert"]""", record["stopped"]!.ToJsonString());
        Assert.Equal("""["oh 1"]""", record["console_errors"]!.ToJsonString());
        Assert.Contains("no", record["page_errors"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_run_leaves_no_browser_behind()
    {
        RenderWorkspace.RequireBrowser();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What is left of processes is read from /proc.");
        using var temporary = new TempFolder();
        using var folder = RenderWorkspace.OfPages(12);
        using var run = ConcordProcess.Start(
            folder.Path,
            [("TMPDIR", temporary.Path)],
            ["dotnet", ConcordProcess.Program, "render", "--concurrency", "2"]
        );
        while (!run.HasExited && RenderWorkspace.Written(folder).Count == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        run.Kill(entireProcessTree: false);

        Assert.Equal([], await LeftAsync(temporary.Path));
        // Nothing went on without it.
        Assert.InRange(RenderWorkspace.Written(folder).Count, 1, 35);
        var again = await RenderWorkspace.RenderAsync(folder);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(36, RenderWorkspace.Written(folder).Count);
    }

    private static string Text(double seconds) => seconds.ToString(CultureInfo.InvariantCulture);

    private static Task<CommandResult> RunAsync(TempFolder folder, TempFolder temporary, params string[] arguments) =>
        ConcordProcess.RunAsync(
            folder.Path,
            [("TMPDIR", temporary.Path)],
            ["dotnet", ConcordProcess.Program, "render", "--json", "--concurrency", "3", .. arguments]
        );

    /// <summary>Processes that still run with this temporary folder, after some patience.</summary>
    private static async Task<IReadOnlyList<string>> LeftAsync(string temporary)
    {
        string[] left = [];
        for (var i = 0; i < 50; i++)
        {
            left = [.. Processes(temporary)];
            if (left.Length == 0)
                break;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        return left;
    }

    private static IEnumerable<string> Processes(string temporary)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            string environment;
            string command;
            try
            {
                environment = File.ReadAllText($"{folder}/environ");
                command = File.ReadAllText($"{folder}/cmdline");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (command.Length > 0 && (environment + command).Contains(temporary, StringComparison.Ordinal))
                yield return command.Replace('\0', ' ');
        }
    }

    /// <summary>Listens on both loopback addresses, by TCP and UDP, and writes down who comes.</summary>
    private sealed class Canary : IDisposable
    {
        private readonly List<TcpListener> _listeners = [];
        private readonly List<UdpClient> _datagrams = [];
        private readonly List<string> _seen = [];

        public Canary()
        {
            var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            Port = ((IPEndPoint)first.LocalEndpoint).Port;
            Watch(first);
            if (Socket.OSSupportsIPv6)
            {
                var second = new TcpListener(IPAddress.IPv6Loopback, Port);
                second.Start();
                Watch(second);
            }
            var datagrams = new UdpClient(new IPEndPoint(IPAddress.Loopback, Port));
            _datagrams.Add(datagrams);
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    var got = await datagrams.ReceiveAsync();
                    Add($"UDP, {got.Buffer.Length} bytes");
                }
            });
        }

        public int Port { get; }

        public string[] Seen
        {
            get
            {
                lock (_seen)
                    return [.. _seen];
            }
        }

        public void Dispose()
        {
            _listeners.ForEach(l => l.Stop());
            _datagrams.ForEach(d => d.Dispose());
        }

        private void Watch(TcpListener listener)
        {
            _listeners.Add(listener);
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    var buffer = new byte[200];
                    var count = await client.GetStream().ReadAsync(buffer);
                    Add("TCP: " + Encoding.ASCII.GetString(buffer, 0, count).Split('\r')[0]);
                }
            });
        }

        private void Add(string what)
        {
            lock (_seen)
                _seen.Add(what);
        }
    }
}
