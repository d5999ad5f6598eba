using System.Globalization;
using Concord.App.Host;
using Concord.Tests.Support;

namespace Concord.Tests.Host;

public sealed class LocalCallerTests
{
    // As Linux writes it: a listener, the client's end, and the server's end of the same connection.
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:4268 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 101 1 0 100 0 0 10 0",
        "   1: 0100007F:B5F0 0100007F:4268 01 00000000:00000000 00:00000000 00000000  1001        0 102 1 0 20 4 30 10 -1",
        "   2: 0100007F:4268 0100007F:B5F0 01 00000000:00000000 00:00000000 00000000  1000        0 103 1 0 20 4 30 10 -1",
    ];

    [Theory]
    [InlineData(0xB5F0, 0x4268, 1001)]
    [InlineData(0x4268, 0xB5F0, 1000)]
    [InlineData(0xB5F1, 0x4268, null)]
    [InlineData(0x4268, 0, null)]
    public void The_user_is_the_one_who_holds_the_callers_end(int from, int to, int? user) =>
        Assert.Equal(user, LocalCaller.UserOf(Table, from, to));

    [Fact]
    public async Task Another_user_of_the_machine_gets_no_answer_whatever_he_knows()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/setpriv"),
            "Only root can call as somebody else."
        );
        await using var session = await HostedSession.StartAsync();
        var port = session.Host.Names.Port.ToString(CultureInfo.InvariantCulture);
        string[] ask =
        [
            "bash",
            "-c",
            $"exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'GET /api/session HTTP/1.0\\r\\nHost: 127.0.0.1:{port}\\r\\nCookie: {session.Cookie}\\r\\n\\r\\n' >&3; cat <&3",
        ];

        var own = await ConcordProcess.RunAsync("/", [], ask);
        var other = await ConcordProcess.RunAsync(
            "/",
            [],
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. ask]
        );

        Assert.StartsWith("HTTP/1.1 200", own.Out, StringComparison.Ordinal);
        Assert.Equal("", other.Out);
    }
}
