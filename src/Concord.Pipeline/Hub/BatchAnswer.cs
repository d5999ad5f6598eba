namespace Concord.Pipeline.Hub;

/// <summary>Where large files are to be sent.</summary>
internal sealed record BatchAnswer(IReadOnlyList<BatchedObject> Objects);

/// <param name="Oid">SHA-256 of the contents.</param>
internal sealed record BatchedObject(string Oid)
{
    /// <summary>Null, or without an upload, where the store has it already.</summary>
    public LfsActions? Actions { get; init; }

    /// <summary>Why it is not taken.</summary>
    public LfsRefusal? Error { get; init; }
}

internal sealed record LfsActions
{
    public LfsAction? Upload { get; init; }

    /// <summary>What to call afterwards; null where nothing is.</summary>
    public LfsAction? Verify { get; init; }
}

/// <param name="Href">The address: a key to its place, never printed.</param>
internal sealed record LfsAction(string Href)
{
    /// <summary>Headers to send along; for several parts <c>chunk_size</c> and the parts' addresses by number.</summary>
    public IReadOnlyDictionary<string, string>? Header { get; init; }
}

internal sealed record LfsRefusal(int Code, string Message);
