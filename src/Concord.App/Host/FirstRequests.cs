using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Concord.App.Host;

/// <summary>
/// Asks for the page, its bundle, the session and an output as a browser will. The first request of a kind loads and compiles what answers it, which
/// takes longer than all the rest; this way that happens while git still works and the browser starts.
/// </summary>
internal static class FirstRequests
{
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Begin(ServedNames names, PageAccess access, Task<GradingDesk> opening) =>
        _ = Task.Run(async () =>
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await AskAsync(names, access, "/", patience.Token);
                foreach (var asset in WebBundle.Index.Split('"').Where(p => p.StartsWith("/assets/", StringComparison.Ordinal)))
                    await AskAsync(names, access, asset, patience.Token);
                await AskAsync(names, access, "/api/session", patience.Token);
                if ((await opening).FirstKey is { } first)
                    await AskAsync(names, access, $"/api/items/{first}", patience.Token);
            }
#pragma warning disable CA1031 // The browser's own requests do it then; who waits for the session sees its errors.
            catch (Exception)
#pragma warning restore CA1031
            {
                return;
            }
        });

    private static async Task AskAsync(ServedNames names, PageAccess access, string path, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, names.Port), cancellation);
        var request =
            $"GET {path} HTTP/1.1\r\nHost: {new Uri(names.PageOrigin).Authority}\r\nCookie: {access.Cookie}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellation);
        var buffer = new byte[BufferBytes];
        while (await socket.ReceiveAsync(buffer, cancellation) > 0) { }
    }
}
