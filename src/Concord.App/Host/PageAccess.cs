using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Concord.App.Host;

/// <summary>Who may come in: whoever has the token, which the address carries once and a cookie from then on.</summary>
/// <param name="token">The token.</param>
/// <param name="cookieName">The cookie's name.</param>
internal sealed class PageAccess(string token, string cookieName)
{
    private readonly ConcurrentDictionary<string, bool> _once = new(StringComparer.Ordinal);

    public string Token => token;

    /// <summary>The cookie that lets in, as a browser sends it.</summary>
    public string Cookie => $"{cookieName}={token}";

    /// <summary>A token for one use: a browser's arguments can be read by every user of the machine while it starts.</summary>
    public string OneTimeToken()
    {
        var once = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _once[once] = true;
        return once;
    }

    public bool Admits(string given) => IsToken(given) || _once.TryRemove(given, out _);

    public bool IsKnown(HttpRequest request) => request.Cookies.TryGetValue(cookieName, out var given) && IsToken(given);

    public void Remember(HttpResponse response) => response.Headers.SetCookie = $"{Cookie}; Path=/; HttpOnly; SameSite=Strict";

    private bool IsToken(string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
}
