using System.Net;
using System.Net.Sockets;
using System.Text;
using Concord.Pipeline.Sandbox;
using Concord.Tests.Support;

namespace Concord.Tests.Sandbox;

/// <summary>Code that wants out, or wants everything: each ends with a reason, sees nothing of the host and leaves nothing running.</summary>
public sealed class HostileCodeTests : IDisposable
{
    private static readonly SandboxLimits Small = new(TimeSpan.FromSeconds(4), 256 << 20, 48, 16 << 20, 1 << 20);

    // For what is known to take all the time that it gets.
    private static readonly SandboxLimits Short = Small with { Time = TimeSpan.FromSeconds(1.5) };

    // For what ends by itself, also where the machine writes gigabytes for another test meanwhile.
    private static readonly SandboxLimits Patient = Small with { Time = TimeSpan.FromSeconds(30) };

    // Stands in the arguments of a test's shells; what is left of them is found by it.
    private readonly string _mark = $"concord-mark-{Guid.NewGuid():N}";
    private readonly TempFolder _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_home_folder_keys_and_the_environment_are_not_there()
    {
        _host.Write("secret.txt", "the secret");
        Environment.SetEnvironmentVariable("CONCORD_TEST_SECRET", "the secret");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        var result = await RunAsync(
            $"cat '{_host["secret.txt"]}' /etc/passwd /etc/shadow /etc/hostname /proc/1/environ; ls -A '{home}' /home /root /mnt /var /run /tmp/ /box; env"
        );

        Assert.DoesNotContain("the secret", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(".ssh", result.Output, StringComparison.Ordinal);
        // LANG, HOME, PATH, PWD, TMPDIR, TZ and the shell's own.
        Assert.InRange(result.Output.Split('\n').Count(l => l.Contains('=', StringComparison.Ordinal)), 5, 16);
    }

    [Fact]
    public async Task The_network_is_not_there()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var result = await RunAsync(
            $"node -e 'for (const h of [\"127.0.0.1\", \"1.1.1.1\"]) require(\"net\").connect({port}, h).on(\"error\", e => console.log(e.code)).on(\"connect\", () => console.log(\"OUT\"));"
                + " require(\"dns\").lookup(\"example.org\", e => console.log(e.code))'",
            node: true
        );

        Assert.False(listener.Pending());
        Assert.DoesNotContain("OUT", result.Output, StringComparison.Ordinal);
        Assert.Contains("ECONNREFUSED", result.Output, StringComparison.Ordinal);
        Assert.Contains("ENETUNREACH", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_bomb_is_bounded_and_gone()
    {
        var result = await RunAsync("f() { f | f & }; f; while :; do :; done", limits: Short);

        Assert.Equal(SandboxEnd.TimeUp, result.End);
    }

    [Fact]
    public async Task Processes_and_threads_are_counted()
    {
        var result = await RunAsync("i=0; while [ $i -lt 200 ]; do sleep 30 & i=$((i+1)); done; echo all");

        Assert.DoesNotContain("all", result.Output, StringComparison.Ordinal);
        Assert.Contains("fork", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("while :; do :; done")]
    [InlineData("trap '' TERM INT HUP QUIT; while :; do sleep 1; done")]
    [InlineData("kill -STOP $$")]
    [InlineData("setsid sh -c 'trap \"\" TERM; while :; do :; done' & sleep 60")]
    public async Task What_does_not_end_is_ended(string command)
    {
        var result = await RunAsync(command, limits: Short);

        Assert.Equal(SandboxEnd.TimeUp, result.End);
    }

    [Theory]
    [InlineData("node -e 'const a = []; for (;;) a.push(Buffer.alloc(64 << 20, 1))'")]
    [InlineData("node -e 'const a = []; for (;;) a.push(Array.from({length: 1e6}, (_, i) => [i]))'")]
    [InlineData(
        "for i in 1 2 3 4 5 6; do node -e 'const a = []; for (let i = 0; i < 3; i++) a.push(Buffer.alloc(64 << 20, 1)); setTimeout(() => {}, 60000)' & done; wait; false"
    )]
    public async Task Ten_gigabytes_of_memory_are_not_to_be_had(string command)
    {
        var result = await RunAsync(command, node: true);

        Assert.False(result is { End: SandboxEnd.Exited, ExitCode: 0 }, result.ToString());
        Assert.NotEqual(SandboxEnd.TimeUp, result.End);
    }

    [Theory]
    [InlineData("dd if=/dev/zero of=/box/big bs=1M count=10000")]
    [InlineData("i=0; while dd if=/dev/zero of=/box/f$i bs=1M count=4 2>/dev/null; do i=$((i+1)); done; false")]
    [InlineData("dd if=/dev/zero of=/dev/shm/big bs=1M count=10000")]
    [InlineData("i=0; while mkdir -p /box/$i; do i=$((i+1)); done; false")]
    public async Task A_disk_cannot_be_filled(string command)
    {
        var result = await RunAsync(command);

        Assert.False(result is { End: SandboxEnd.Exited, ExitCode: 0 }, result.ToString());
    }

    [Fact]
    public async Task Nobody_outside_can_be_killed()
    {
        var result = await RunAsync(
            $"kill -9 $PPID; kill -9 {Environment.ProcessId}; for p in $(seq 1 300); do kill -9 $p; done; kill -9 -1; echo still here"
        );

        Assert.NotEqual(SandboxEnd.TimeUp, result.End);
    }

    [Fact]
    public async Task Links_lead_nowhere()
    {
        _host.Write("kept.txt", "as it was");

        var result = await RunAsync(
            $"ln -s '{_host["kept.txt"]}' a; cat a; echo changed >a; ln -s / r; ls r/home r/root; ln -s /etc/passwd p; cat p; ln /usr/bin/env hard; echo x >>/usr/bin/env; ls -d /proc/1/root/*"
        );

        Assert.Equal("as it was", _host.Read("kept.txt"));
        Assert.DoesNotContain("as it was", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/proc/1/root/home", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("yes >&2")]
    [InlineData("dd if=/dev/zero bs=1M count=1000")]
    public async Task A_gigabyte_of_output_is_not_kept(string command)
    {
        var result = await RunAsync(command);

        Assert.Equal(SandboxEnd.OutputUp, result.End);
        Assert.InRange(result.Output.Length + result.Error.Length, 1, 2 << 20);
    }

    [Fact]
    public async Task Daemons_end_with_their_tests()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var result = await RunAsync(
            "setsid nohup sh -c 'while :; do sleep 1; done' & (setsid sleep 100 &) ; (trap '' HUP; sleep 100) & echo done"
        );

        Assert.Equal((SandboxEnd.Exited, 0, "done\n"), (result.End, result.ExitCode, result.Output));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("unshare -Ur true")]
    [InlineData("mount -t tmpfs none /box")]
    [InlineData("touch /usr/x")]
    [InlineData("touch /x")]
    [InlineData("mkdir /dev/x")]
    [InlineData("touch /etc/x")]
    [InlineData("echo 1 >/proc/sys/kernel/core_pattern")]
    [InlineData("echo x >/proc/sysrq-trigger")]
    [InlineData("chroot / true")]
    [InlineData("mknod /box/x b 8 0")]
    [InlineData("prlimit --nproc=100000 true")]
    [InlineData("prlimit --data=unlimited true")]
    public async Task The_walls_cannot_be_moved(string command)
    {
        var result = await RunAsync(command, limits: Patient);

        Assert.Equal(SandboxEnd.Exited, result.End);
        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task Nothing_is_inherited_but_three_streams()
    {
        using var open = new FileStream(_host["kept.txt"], FileMode.Create, FileAccess.ReadWrite);
        // As a careless parent leaves it: to be inherited.
        _ = Fcntl((int)open.SafeFileHandle.DangerousGetHandle(), 2, 0);

        var result = await RunAsync("ls -l /proc/self/fd; read x || echo no input");

        Assert.DoesNotContain("kept.txt", result.Output, StringComparison.Ordinal);
        Assert.Contains("no input", result.Output, StringComparison.Ordinal);
        // The three, and the folder that ls reads.
        Assert.Equal(4, result.Output.Split('\n').Count(l => l.Contains(" -> ", StringComparison.Ordinal)));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "fcntl")]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(
        System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories
    )]
    private static extern int Fcntl(int descriptor, int command, int value);

    private async Task<SandboxResult> RunAsync(string command, bool node = false, SandboxLimits? limits = null)
    {
        var sandbox = node ? await SandboxHere.WithNodeAsync() : await SandboxHere.FindAsync();
        (string, byte[])[] files = [("sub/mark.txt", Encoding.UTF8.GetBytes(_mark))];
        var result = await sandbox.RunAsync(
            files,
            $"test -f sub/mark.txt || exit 99; : {_mark}\n{command}",
            [],
            limits ?? Small,
            TestContext.Current.CancellationToken
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{result.End} {result.ExitCode}\n{Head(result.Output)}\n{Head(result.Error)}"
        );
        Assert.NotEqual(99, result.ExitCode);
        await NothingRunsAsync();
        return result;
    }

    private static string Head(string text) => text.Length > 1000 ? text[..1000] : text;

    private async Task NothingRunsAsync()
    {
        string[] left = [];
        for (var attempt = 0; attempt < 20; attempt++)
        {
            left =
            [
                .. Directory
                    .EnumerateDirectories("/proc")
                    .Select(p => Line(p + "/cmdline"))
                    .Where(l => l.Contains(_mark, StringComparison.Ordinal)),
            ];
            if (left.Length == 0)
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Equal([], left);
    }

    private static string Line(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
