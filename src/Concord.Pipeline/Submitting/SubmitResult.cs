namespace Concord.Pipeline.Submitting;

/// <summary>What became of a session that was handed in.</summary>
/// <param name="Session">The session.</param>
/// <param name="Subject">What was handed in, as its commit says it; empty where there was nothing.</param>
/// <param name="Pushed">Whether the remote has the branch as it is here.</param>
/// <param name="Url">The pull request, or the page that opens one; null where it is not known.</param>
/// <param name="Message">What was done and what is left to do, in sentences that name no challenge and no model.</param>
/// <param name="Replaced">Rows that gave way to a later state of another machine's, one sentence each.</param>
public sealed record SubmitResult(
    string Session,
    string Subject,
    bool Pushed,
    Uri? Url,
    string Message,
    IReadOnlyList<string> Replaced
);
