using System.Buffers;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Concord.BrowserTests.Support;

/// <summary>A request as it came, and its answer.</summary>
internal sealed class Exchange
{
    private readonly ArrayBufferWriter<byte> _body = new();
    private string _headers = "";
    private bool _zipped;

    public Exchange(HttpContext context)
    {
        var request = context.Request;
        Port = context.Connection.LocalPort;
        (Method, Target) = (request.Method, request.Path + request.QueryString);
        Headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    public int Port { get; }

    public string Method { get; }

    public string Target { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>0 until the answer has ended.</summary>
    public int Status { get; private set; }

    public bool IsPage => string.Equals(Header("Sec-Fetch-Dest"), "document", StringComparison.Ordinal);

    /// <summary>Address, headers and body of the answer, as text.</summary>
    public string Answer
    {
        get
        {
            byte[] bytes;
            lock (_body)
                bytes = _body.WrittenSpan.ToArray();
            return $"{Target}\n{_headers}\n{Encoding.UTF8.GetString(_zipped ? Unzipped(bytes) : bytes)}";
        }
    }

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_body)
            _body.Write(bytes);
    }

    public void End(HttpResponse response)
    {
        _headers = string.Join('\n', response.Headers.Select(h => $"{h.Key}: {h.Value}"));
        _zipped = response.Headers.ContentEncoding.ToString() == "gzip";
        Status = response.StatusCode;
    }

    public override string ToString() =>
        $"{Method} :{Port}{Target} from {Header("Origin")} ({Header("Sec-Fetch-Site")}, {Header("Sec-Fetch-Dest")}): {Status}";

    private static byte[] Unzipped(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
