namespace Concord.App.Host.Documents;

/// <summary>What <c>POST /api/submit</c> answers.</summary>
/// <param name="Url">The pull request, or the page that opens one.</param>
/// <param name="Pushed">Whether the remote has the grades.</param>
/// <param name="Message">What was done, and what is left to do.</param>
internal sealed record SubmittedDocument(string? Url, bool Pushed, string Message);

/// <summary>What <c>GET /api/submit</c> answers: how far it is; null where nothing is being submitted.</summary>
internal sealed record SubmitStepDocument(string? Step);
