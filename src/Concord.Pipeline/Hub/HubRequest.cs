namespace Concord.Pipeline.Hub;

/// <summary>One call.</summary>
/// <param name="Method">GET, POST or PUT.</param>
/// <param name="Address">Below the endpoint, such as <c>api/datasets/acme/pairs</c>, or in full where the Hub gave it.</param>
/// <param name="Doing">What it does, as the end of "could not …": <c>read the dataset acme/pairs</c>.</param>
internal sealed record HubRequest(HttpMethod Method, string Address, string Doing)
{
    /// <summary>Large files are taken by git-lfs's own rules.</summary>
    public const string LfsType = "application/vnd.git-lfs+json";

    private const int LargestDocument = 64 * 1024 * 1024;

    /// <summary>Makes the body, anew for each attempt; it calls what it is given whenever bytes went out. Null where there is none.</summary>
    public Func<Action, HttpContent>? Content { get; init; }

    /// <summary>
    /// The only headers that go with it, where the address is one to send bytes to: such addresses carry their own leave, and the
    /// token is not for them. Null for the Hub's own addresses, which get the token.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Given { get; init; }

    public string Accept { get; init; } = "application/json";

    /// <summary>How long nothing may move.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Whether it must not be repeated before somebody looked what became of it.</summary>
    public bool IsOnce { get; init; }

    public int Largest { get; init; } = LargestDocument;
}
