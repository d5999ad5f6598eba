using System.Globalization;
using System.Net;

namespace Concord.App.Host;

/// <summary>Whose program is at the other end of a connection within this machine: a token that another user has stolen is of no use to him.</summary>
internal static class LocalCaller
{
    private const int Root = 0;

    // Columns of /proc/net/tcp: number, local address, remote address, state, queues, timer, retransmits, user.
    private const int Local = 1;
    private const int Remote = 2;
    private const int State = 3;
    private const int User = 7;
    private const string Established = "01";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    private static readonly Lazy<int?> Own = new(() => UserOf("/proc/self/status"));

    /// <summary>Whether the caller may be this user: he is, or is root, or nobody can tell.</summary>
    /// <param name="caller">The other end.</param>
    /// <param name="here">This end.</param>
    public static bool MayBeOwn(EndPoint? caller, EndPoint? here)
    {
        if (
            caller is not IPEndPoint { Address: var address, Port: var from }
            || here is not IPEndPoint { Port: var to }
            || !IPAddress.IsLoopback(address)
            || Own.Value is not { } own
        )
            return true;
        try
        {
            return Tables.Where(File.Exists).Select(t => UserOf(File.ReadLines(t), from, to)).FirstOrDefault(u => u is not null)
                    is not { } user
                || user == own
                || user == Root;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not told here: then the token alone decides.
            return true;
        }
    }

    /// <summary>The user who holds the socket from one port to another; null where it is not in the table.</summary>
    internal static int? UserOf(IEnumerable<string> table, int from, int to)
    {
        var (local, remote) = (Suffix(from), Suffix(to));
        foreach (var line in table)
            if (
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > User } row
                && row[State] == Established
                && row[Local].EndsWith(local, StringComparison.Ordinal)
                && row[Remote].EndsWith(remote, StringComparison.Ordinal)
                && int.TryParse(row[User], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            )
                return user;
        return null;
    }

    private static string Suffix(int port) => string.Create(CultureInfo.InvariantCulture, $":{port:X4}");

    private static int? UserOf(string status) =>
        OperatingSystem.IsLinux() && File.Exists(status)
            ? int.Parse(
                File.ReadLines(status).First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2],
                CultureInfo.InvariantCulture
            )
            : null;
}
