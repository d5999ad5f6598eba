using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Hub;

/// <summary>Large files, sent to where the Hub says, whole or in parts. What the store has is not sent; what broke off is taken up again.</summary>
/// <param name="wire">Sends.</param>
/// <param name="name">Whose files.</param>
/// <param name="tell">Told of each file.</param>
internal sealed class LfsStore(HubWire wire, DatasetName name, Action<string> tell)
{
    private const int BatchSize = 256;

    // Addresses hold for a quarter of an hour or so: whoever comes later asks for new ones.
    private const int AddressRounds = 3;

    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Address, int Number), (string Etag, string Sum)> _parts = [];

    /// <summary>How many bytes went out, for files that arrived.</summary>
    public long Sent { get; private set; }

    /// <summary>How many bytes of the files were there already.</summary>
    public long Found { get; private set; }

    /// <summary>Sees to it that the store has files, each once.</summary>
    /// <exception cref="ConcordException">The Hub or its store refuses one.</exception>
    public async Task StoreAsync(IReadOnlyList<LocalFile> files, string revision, CancellationToken cancellation)
    {
        var wanted = files.DistinctBy(f => f.Sha256).Where(f => !_stored.Contains(f.Sha256)).ToArray();
        foreach (var batch in wanted.Chunk(BatchSize))
        {
            var answers = await AskAsync(batch, revision, cancellation);
            foreach (var file in batch)
            {
                await StoreAsync(file, answers[file.Sha256], revision, cancellation);
                _stored.Add(file.Sha256);
            }
        }
    }

    private async Task StoreAsync(LocalFile file, BatchedObject answer, string revision, CancellationToken cancellation)
    {
        for (var round = 1; ; round++)
        {
            if (answer.Error is { } error)
                throw Refused(file, error);
            if (answer.Actions is not { Upload: { } upload } actions)
            {
                // After the first round it is what this run sent, and lost the answer of.
                if (round == 1)
                    Found += file.Size;
                else
                    Sent += file.Size;
                return;
            }
            if (round == 1)
                tell($"Sending {PlainText.Of(file.Path)}, {file.Size} bytes.");
            var failure = await UploadAsync(file, upload, actions.Verify, cancellation);
            if (failure is null)
            {
                Sent += file.Size;
                return;
            }
            if (round == AddressRounds)
                throw failure;
            answer = (await AskAsync([file], revision, cancellation))[file.Sha256];
        }
    }

    /// <returns>Null where it arrived; else why it was refused, which new addresses may mend.</returns>
    private async Task<ConcordException?> UploadAsync(
        LocalFile file,
        LfsAction upload,
        LfsAction? verify,
        CancellationToken cancellation
    )
    {
        var isInParts = upload.Header?.ContainsKey("chunk_size") == true;
        var failure = isInParts
            ? await PartsAsync(file, upload, cancellation)
            : await PutAsync(file, 0, file.Size, upload.Href, upload.Header ?? NoHeaders, Doing(file), cancellation) switch
            {
                { Answer.IsSuccess: true } => null,
                var (request, answer, _) => wire.Failure.Of(request, answer),
            };
        return failure is null && verify is not null ? await VerifyAsync(file, verify, cancellation) : failure;
    }

    private async Task<ConcordException?> PartsAsync(LocalFile file, LfsAction upload, CancellationToken cancellation)
    {
        var doing = Doing(file);
        var header = upload.Header!;
        if (
            !long.TryParse(header["chunk_size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size <= 0
            || (file.Size + size - 1) / size is var count && count != header.Keys.Count(k => k.All(char.IsAsciiDigit))
        )
            throw wire.Failure.NotAsAgreed(doing, "parts that do not make the file");
        var parts = new List<(string Etag, string Sum)>();
        for (var number = 1; number <= count; number++)
        {
            var key = (upload.Href, number);
            if (!_parts.TryGetValue(key, out var part))
            {
                var from = (number - 1) * size;
                var (request, answer, sum) = await PutAsync(
                    file,
                    from,
                    Math.Min(size, file.Size - from),
                    header.GetValueOrDefault(number.ToString(CultureInfo.InvariantCulture))
                        ?? throw wire.Failure.NotAsAgreed(doing, $"no address for part {number}"),
                    NoHeaders,
                    $"{doing}, part {number} of {count}",
                    cancellation
                );
                if (!answer.IsSuccess)
                    return wire.Failure.Of(request, answer);
                _parts[key] = part = answer.Header("etag") is { Length: > 0 } given
                    ? (given, sum)
                    : throw wire.Failure.NotAsAgreed(doing, $"no ETag for part {number}");
            }
            parts.Add(part);
        }
        // They were read one after the other, and some in an earlier round: together they must be what was measured.
        await file.CheckPartsAsync(size, [.. parts.Select(p => p.Sum)], cancellation);
        return await CallAsync(
            new(HttpMethod.Post, upload.Href, $"put the parts of {PlainText.Of(file.Path)} together")
            {
                Content = HubJson.Content(
                    new(file.Sha256, [.. parts.Select((p, i) => new CompletedPart(i + 1, p.Etag))]),
                    HubJson.Default.CompleteRequest,
                    HubRequest.LfsType
                ),
                Given = LfsHeaders,
            },
            cancellation
        );
    }

    // The Hub's own address gets the token; another one only what was given for it.
    private Task<ConcordException?> VerifyAsync(LocalFile file, LfsAction verify, CancellationToken cancellation)
    {
        var isOwn = Uri.TryCreate(verify.Href, UriKind.Absolute, out var address) && wire.Endpoint.Owns(address);
        return CallAsync(
            new(HttpMethod.Post, verify.Href, $"make sure that {PlainText.Of(file.Path)} arrived whole")
            {
                Content = HubJson.Content(new(file.Sha256, file.Size), HubJson.Default.VerifyRequest, HubRequest.LfsType),
                Accept = HubRequest.LfsType,
                Given = isOwn ? null : verify.Header ?? NoHeaders,
            },
            cancellation
        );
    }

    private async Task<ConcordException?> CallAsync(HubRequest request, CancellationToken cancellation)
    {
        var answer = await wire.AskAsync(request, cancellation);
        return answer.IsSuccess ? null : wire.Failure.Of(request, answer);
    }

    private async Task<(HubRequest Request, HttpAnswer Answer, string Sum)> PutAsync(
        LocalFile file,
        long from,
        long length,
        string address,
        IReadOnlyDictionary<string, string> headers,
        string doing,
        CancellationToken cancellation
    )
    {
        FileSlice? slice = null;
        var request = new HubRequest(HttpMethod.Put, address, doing)
        {
            Content = alive => slice = new(file, from, length, alive),
            Given = headers,
        };
        var answer = await wire.AskAsync(request, cancellation);
        return (request, answer, slice?.Sum ?? "");
    }

    private async Task<IReadOnlyDictionary<string, BatchedObject>> AskAsync(
        IReadOnlyList<LocalFile> files,
        string revision,
        CancellationToken cancellation
    )
    {
        var doing = $"ask where to send files of {name}";
        var answer = await wire.SendAsync(
            new(HttpMethod.Post, $"datasets/{name}.git/info/lfs/objects/batch", doing)
            {
                Content = HubJson.Content(
                    new(
                        "upload",
                        ["basic", "multipart"],
                        [.. files.Select(f => new BatchObject(f.Sha256, f.Size))],
                        "sha256",
                        new(revision)
                    ),
                    HubJson.Default.BatchRequest,
                    HubRequest.LfsType
                ),
                Accept = HubRequest.LfsType,
            },
            HubJson.Default.BatchAnswer,
            cancellation
        );
        var found = answer
            .Objects.OfType<BatchedObject>()
            .GroupBy(o => o.Oid)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return files.All(f => found.ContainsKey(f.Sha256))
            ? found
            : throw wire.Failure.NotAsAgreed(doing, "not every file is in it");
    }

    private ConcordException Refused(LocalFile file, LfsRefusal error) =>
        new(
            error.Code >= 500 ? HubFailure.Unavailable : HubFailure.Invalid,
            $"The file is not taken by {wire.Endpoint.Asked} ({error.Code}): {wire.Failure.Clean(error.Message).TrimEnd('.')}.",
            error.Code >= 500
                ? "Run the command again later; what arrived is not sent again."
                : "Mend what the Hub says, or leave the file out, then run the command again.",
            file.Path
        );

    private static string Doing(LocalFile file) => $"send {PlainText.Of(file.Path)}";

    private static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();

    private static IReadOnlyDictionary<string, string> LfsHeaders { get; } =
        new Dictionary<string, string> { ["Accept"] = HubRequest.LfsType };
}
