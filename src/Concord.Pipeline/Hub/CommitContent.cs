using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Hub;

/// <summary>A commit as the Hub takes it, a JSON document a line. Files are read and encoded while they are sent.</summary>
internal sealed class CommitContent : HttpContent
{
    // Of three bytes each become four letters.
    private const int BufferSize = 3 * 32 * 1024;

    private static readonly byte[] FileEnd = "\"}}\n"u8.ToArray();

    private readonly (byte[] Line, LocalFile? File)[] _lines;
    private readonly Action _alive;

    public CommitContent(NewCommit commit, Action alive)
    {
        _alive = alive;
        _lines =
        [
            (Header(commit), null),
            .. commit.Regular.Select(f => (FileBegin(f.Path), (LocalFile?)f)),
            .. commit.Large.Select(f => (LargeFile(f), (LocalFile?)null)),
            .. commit.Removed.Select(p => (Removal(p), (LocalFile?)null)),
        ];
        Headers.ContentType = new("application/x-ndjson");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _lines.Sum(l => l.Line.Length + (l.File is { } file ? ((file.Size + 2) / 3 * 4) + FileEnd.Length : 0));
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        var bytes = new byte[BufferSize];
        var letters = new byte[Base64.GetMaxEncodedToUtf8Length(BufferSize)];
        foreach (var (line, file) in _lines)
        {
            await stream.WriteAsync(line, cancellationToken);
            if (file is null)
                continue;
            await using var source = file.Open();
            using var blob = BlobId.Begin(file.Size);
            while (
                await source.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
                    is var count
                        and > 0
            )
            {
                blob.AppendData(bytes, 0, count);
                Base64.EncodeToUtf8(bytes.AsSpan(0, count), letters, out _, out var written);
                await stream.WriteAsync(letters.AsMemory(0, written), cancellationToken);
                _alive();
            }
            // Without its end the body is too short to be taken.
            if (Convert.ToHexStringLower(blob.GetHashAndReset()) != file.BlobId)
                throw file.Changed();
            await stream.WriteAsync(FileEnd, cancellationToken);
        }
    }

    private static byte[] Header(NewCommit commit) =>
        Line(
            "header",
            json =>
            {
                json.WriteString("summary", commit.Summary);
                json.WriteString("description", commit.Description);
                if (commit.Parent is { } parent)
                    json.WriteString("parentCommit", parent);
            }
        );

    private static byte[] FileBegin(string path) =>
        Encoding.UTF8.GetBytes(
            $"{{\"key\":\"file\",\"value\":{{\"path\":\"{JsonEncodedText.Encode(path)}\",\"encoding\":\"base64\",\"content\":\""
        );

    private static byte[] LargeFile(LocalFile file) =>
        Line(
            "lfsFile",
            json =>
            {
                json.WriteString("path", file.Path);
                json.WriteString("algo", "sha256");
                json.WriteString("oid", file.Sha256);
                json.WriteNumber("size", file.Size);
            }
        );

    private static byte[] Removal(string path) => Line("deletedFile", json => json.WriteString("path", path));

    private static byte[] Line(string key, Action<Utf8JsonWriter> value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            value(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
