namespace Concord.Pipeline.GitHub;

/// <summary>A GitHub: github.com, a company's part of it (ghe.com), or an own server (GitHub Enterprise).</summary>
/// <param name="Name">The host's name, with a port where it has one.</param>
/// <param name="IsKnown">Whether it is known to be a GitHub, and not merely a host that a remote leads to.</param>
/// <param name="Web">Where its pages begin.</param>
/// <param name="Api">Where its API begins, without a slash at the end.</param>
/// <param name="Uploads">Where release assets are sent to.</param>
internal sealed record GitHubHost(string Name, bool IsKnown, Uri Web, Uri Api, Uri Uploads)
{
    public const string Public = "github.com";

    private const string CompanySuffix = ".ghe.com";

    /// <summary>The host of a remote.</summary>
    /// <param name="remote">Where it leads.</param>
    /// <param name="environment">Reads a variable: <c>GH_HOST</c> and <c>GITHUB_SERVER_URL</c> (set by Actions) name hosts that are a GitHub.</param>
    public static GitHubHost Of(RemoteAddress remote, Func<string, string?> environment)
    {
        var name = remote.Host;
        if (name == Public)
            return new(name, true, new("https://github.com"), new("https://api.github.com"), new("https://uploads.github.com"));
        if (name.EndsWith(CompanySuffix, StringComparison.Ordinal))
            return new(name, true, new($"https://{name}"), new($"https://api.{name}"), new($"https://uploads.{name}"));
        var web = new Uri($"https://{name}");
        // Unencrypted only on this machine; what is said of a remote elsewhere holds for https.
        if (remote.IsPlain && web.IsLoopback)
            web = new($"http://{name}");
        var isKnown = name == Named(environment) || name == ServerOf(environment);
        return new(name, isKnown, web, new(web, "/api/v3"), new(web, "/api/uploads"));
    }

    /// <summary>The host that <c>GH_HOST</c> names, as <c>gh</c> reads it.</summary>
    public static string? Named(Func<string, string?> environment) =>
        environment("GH_HOST")?.Trim().ToLowerInvariant() is { Length: > 0 } name ? name : null;

    /// <summary>The host that Actions runs for.</summary>
    public static string? ServerOf(Func<string, string?> environment) =>
        Uri.TryCreate(environment("GITHUB_SERVER_URL"), UriKind.Absolute, out var server) && server.Scheme is "https" or "http"
            ? server.Authority.ToLowerInvariant()
            : null;

    /// <summary>Whether a token for this host may be sent to an address.</summary>
    public bool Owns(Uri address) => IsAt(address, Api) || IsAt(address, Uploads);

    private static bool IsAt(Uri address, Uri place) =>
        address.Scheme == place.Scheme && string.Equals(address.Authority, place.Authority, StringComparison.OrdinalIgnoreCase);
}
