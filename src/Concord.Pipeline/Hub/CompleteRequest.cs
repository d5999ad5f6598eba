namespace Concord.Pipeline.Hub;

/// <summary>Puts the parts of a large file together.</summary>
internal sealed record CompleteRequest(string Oid, IReadOnlyList<CompletedPart> Parts);

/// <param name="PartNumber">From 1.</param>
/// <param name="Etag">What the store answered to it.</param>
internal sealed record CompletedPart(int PartNumber, string Etag);
