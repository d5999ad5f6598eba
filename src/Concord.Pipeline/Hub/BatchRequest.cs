using System.Text.Json.Serialization;

namespace Concord.Pipeline.Hub;

/// <summary>Asks where large files are to be sent.</summary>
internal sealed record BatchRequest(
    string Operation,
    IReadOnlyList<string> Transfers,
    IReadOnlyList<BatchObject> Objects,
    [property: JsonPropertyName("hash_algo")] string HashAlgo,
    BatchRef Ref
);

/// <param name="Oid">SHA-256 of the contents.</param>
internal sealed record BatchObject(string Oid, long Size);

internal sealed record BatchRef(string Name);

/// <summary>Asks whether what was sent has arrived whole.</summary>
internal sealed record VerifyRequest(string Oid, long Size);
