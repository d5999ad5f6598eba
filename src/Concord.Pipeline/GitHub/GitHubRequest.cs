namespace Concord.Pipeline.GitHub;

/// <summary>One call of the API.</summary>
/// <param name="Method">GET, POST, PATCH, PUT or DELETE.</param>
/// <param name="Address">Below the API, such as <c>repos/acme/bench</c>, or in full where GitHub gave it.</param>
/// <param name="Doing">What it does, as the end of "could not …": <c>read the repository acme/bench</c>.</param>
internal sealed record GitHubRequest(HttpMethod Method, string Address, string Doing)
{
    private const int LargestDocument = 64 * 1024 * 1024;

    /// <summary>Makes the body, anew for each attempt; null where there is none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>How long the whole may take. GitHub itself gives up after ten seconds; files take longer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes an answer may have.</summary>
    public int Largest { get; init; } = LargestDocument;

    /// <summary>Whether an answer is a file, not JSON.</summary>
    public bool IsFile { get; init; }

    /// <summary>What GitHub's words on a refusal mean here, and how to mend it; null where nothing is known of them.</summary>
    public Func<GitHubError, (string What, string Mend)?> Explain { get; init; } = _ => null;

    public bool Writes => Method != HttpMethod.Get;
}
