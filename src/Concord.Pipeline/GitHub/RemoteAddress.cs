using System.Text.RegularExpressions;

namespace Concord.Pipeline.GitHub;

/// <summary>Where a git remote's address leads: which host, and which repository there.</summary>
/// <param name="Host">In small letters, with a port only where the web address has one: the port of ssh tells nothing of it.</param>
/// <param name="Path">The repository's path, such as <c>owner/name</c>, without <c>.git</c>.</param>
/// <param name="IsPlain">Whether it is http, unencrypted.</param>
internal sealed partial record RemoteAddress(string Host, string Path, bool IsPlain)
{
    private static readonly string[] Secure = ["https", "ssh", "git+ssh", "ssh+git", "git"];

    /// <summary>The repository, where the path is of GitHub's form; GitLab's groups have deeper ones.</summary>
    public RepositoryName? Repository => RepositoryName.TryParse(Path, out var name) ? name : null;

    /// <summary>Reads an address as git takes it: https, ssh, or scp's <c>git@host:owner/name</c>. A name or password in it is dropped.</summary>
    /// <returns>Null where it leads to no host: a folder, a file, a bundle.</returns>
    public static RemoteAddress? TryParse(string url)
    {
        var text = url.Trim();
        return text.Contains("://", StringComparison.Ordinal) ? OfUrl(text) : OfScp(text);
    }

    private static RemoteAddress? OfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0)
            return null;
        var isPlain = uri.Scheme == "http";
        if (!isPlain && !Secure.Contains(uri.Scheme))
            return null;
        var hasWebPort = uri.Scheme is "http" or "https" && !uri.IsDefaultPort;
        return Of(hasWebPort ? $"{HostOf(uri)}:{uri.Port}" : HostOf(uri), Uri.UnescapeDataString(uri.AbsolutePath), isPlain);
    }

    private static RemoteAddress? OfScp(string text)
    {
        var match = Scp().Match(text);
        return match.Success ? Of(match.Groups[1].Value, match.Groups[2].Value, isPlain: false) : null;
    }

    private static RemoteAddress? Of(string host, string path, bool isPlain)
    {
        var trimmed = path.Trim('/');
        if (trimmed.EndsWith(".git", StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[..^4].TrimEnd('/');
        var name = host.ToLowerInvariant();
        // GitHub's ssh on port 443, for networks that close 22.
        if (name is "ssh.github.com" or "www.github.com")
            name = "github.com";
        return SafePath().IsMatch(trimmed) ? new(name, trimmed, isPlain) : null;
    }

    private static string HostOf(Uri uri) => uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;

    // One letter before the colon is a drive of Windows.
    [GeneratedRegex(@"^(?:[^@/:\s]+@)?([A-Za-z0-9][A-Za-z0-9._-]+):/*([^\s:]+)\z")]
    private static partial Regex Scp();

    [GeneratedRegex(@"^(?!\.{1,2}(?:/|\z))[A-Za-z0-9._~+-]+(?:/(?!\.{1,2}(?:/|\z))[A-Za-z0-9._~+-]+)+\z")]
    private static partial Regex SafePath();
}
