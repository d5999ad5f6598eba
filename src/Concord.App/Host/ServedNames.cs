using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace Concord.App.Host;

/// <summary>The names under which the two sites answer. A site that another name leads to (DNS rebinding) is not ours.</summary>
internal sealed class ServedNames
{
    private const string Page = "127.0.0.1";

    // Another site than the page's, so that browsers give it a process of its own.
    private const string Preview = "localhost";

    private readonly Dictionary<string, string> _previewOf;
    private readonly HashSet<string> _previews;

    private ServedNames(int port, int previewPort, IEnumerable<string> others)
    {
        (Port, PreviewPort) = (port, previewPort);
        Others = [.. others];
        _previewOf = Others.ToDictionary(n => At(n, port), n => At(n, previewPort), StringComparer.OrdinalIgnoreCase);
        _previewOf[At(Page, port)] = At(Preview, previewPort);
        _previews = _previewOf.Values.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public int Port { get; }

    public int PreviewPort { get; }

    /// <summary>The names and addresses under which other machines come; none on loopback alone.</summary>
    public IReadOnlyList<string> Others { get; }

    public string PageOrigin => $"http://{At(Page, Port)}";

    public static ServedNames OfLoopback(int port, int previewPort) => new(port, previewPort, []);

    /// <summary>This machine's own name and addresses too: nobody else's name can lead to them.</summary>
    public static ServedNames OfMachine(int port, int previewPort) =>
        new(
            port,
            previewPort,
            NetworkInterface
                .GetAllNetworkInterfaces()
                .SelectMany(n => n.GetIPProperties().UnicastAddresses)
                .Select(a => a.Address)
                .Where(a => !IPAddress.IsLoopback(a) && !a.IsIPv6LinkLocal)
                .Select(a => a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{a}]" : a.ToString())
                .Append(Dns.GetHostName())
                .Distinct(StringComparer.OrdinalIgnoreCase)
        );

    public bool IsPage(string host) => _previewOf.ContainsKey(host);

    public bool IsPreview(string host) => _previews.Contains(host);

    /// <summary>Where a page that was asked for under a name finds its previews.</summary>
    public string PreviewOrigin(string pageHost) => $"http://{_previewOf[pageHost]}";

    private static string At(string name, int port) => string.Create(CultureInfo.InvariantCulture, $"{name}:{port}");
}
