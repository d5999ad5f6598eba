using System.Net;
using System.Net.Sockets;
using Concord.Core.Domain;

namespace Concord.App.Host;

/// <summary>Finds ports that nobody listens on.</summary>
internal static class FreePort
{
    private const int Tries = 20;

    /// <summary>The first free port of a few.</summary>
    /// <param name="wanted">The port to begin with; 0 is any.</param>
    /// <param name="only">Whether no other will do.</param>
    /// <param name="addresses">It must be free on each of these.</param>
    /// <exception cref="ConcordException">There is none.</exception>
    public static int From(int wanted, bool only, IReadOnlyList<IPAddress> addresses)
    {
        var candidates = Enumerable
            .Range(0, Tries)
            .Select(i => wanted == 0 ? 0 : wanted + 2 * i)
            .Take(only && wanted > 0 ? 1 : Tries);
        foreach (var candidate in only ? candidates : candidates.Concat(Enumerable.Repeat(0, Tries)))
            if (candidate <= IPEndPoint.MaxPort && TryTake(candidate, addresses) is { } port)
                return port;
        throw new ConcordException(
            "port",
            wanted > 0 ? $"Port {wanted} is in use." : "No port is free on this machine.",
            "Name another with --port, or leave it out."
        );
    }

    /// <summary>The addresses of this machine alone: browsers take either for <c>localhost</c>.</summary>
    public static IReadOnlyList<IPAddress> BothLoopbacks { get; } =
        Socket.OSSupportsIPv6 && TryTake(0, [IPAddress.IPv6Loopback]) is not null
            ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : [IPAddress.Loopback];

    private static int? TryTake(int port, IReadOnlyList<IPAddress> addresses)
    {
        var sockets = new List<Socket>();
        try
        {
            foreach (var address in addresses)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                socket.Bind(new IPEndPoint(address, port));
                socket.Listen(1);
                port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            }
            return port;
        }
        catch (SocketException)
        {
            return null;
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }
}
