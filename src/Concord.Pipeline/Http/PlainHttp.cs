using System.Net;
using System.Net.Http.Headers;

namespace Concord.Pipeline.Http;

/// <summary>Connections that carry a key.</summary>
internal static class PlainHttp
{
    /// <summary>No redirects, which would take a key elsewhere, and no cookies; how long to wait is up to each request.</summary>
    /// <param name="version">Concord's version, for the user agent.</param>
    public static HttpClient New(string version)
    {
        var http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("concord", version));
        return http;
    }

    /// <summary>Whether anything is sent there at all: only https leaves this machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback);
}
