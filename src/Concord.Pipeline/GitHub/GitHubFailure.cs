using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.GitHub;

/// <summary>Says what GitHub refused, and how to mend it.</summary>
/// <param name="host">Which GitHub.</param>
/// <param name="token">What it was asked with; its value is in nothing that is said.</param>
internal sealed class GitHubFailure(GitHubHost host, GitHubToken? token)
{
    private const string Again = "Run the command again later; what is done stays done.";

    /// <summary>The rule of a refused or missing token.</summary>
    public const string Unauthorized = "github-unauthorized";
    public const string Forbidden = "github-forbidden";
    public const string NotFound = "github-not-found";
    public const string Invalid = "github-invalid";
    public const string Limited = "github-limited";
    public const string Unavailable = "github-unavailable";
    public const string Unreachable = "github-unreachable";
    public const string NotUnderstood = "github-not-understood";
    public const string Redirected = "github-redirected";
    public const string Refused = "github-refused";

    private string Asked => host.Name == GitHubHost.Public ? "GitHub" : host.Name;

    /// <summary>An answer that is no success.</summary>
    public ConcordException Of(GitHubRequest request, HttpAnswer answer)
    {
        var could = $"Could not {request.Doing}";
        return answer.Missing switch
        {
            NoAnswer.Unreachable => Said(
                Unreachable,
                $"{could}: {host.Api.Host} was not reached: {answer.Why}.",
                "Check the network, then run the command again; what is done stays done."
            ),
            NoAnswer.Cut => Said(Unavailable, $"{could}: {answer.Why}.", Again),
            NoAnswer.NotUnderstood => Said(
                NotUnderstood,
                $"{could}: {Asked} answered {answer.Status} with something that is not its API's: {answer.Why}.",
                $"Check that no proxy or sign-in page answers for {host.Api.Host}, then run the command again."
            ),
            NoAnswer.None => OfStatus(request, answer, could),
            _ => throw new ArgumentOutOfRangeException(nameof(answer), answer.Missing, null),
        };
    }

    /// <summary>A limit that lasts longer than one waits.</summary>
    public ConcordException TooLong(GitHubRequest request, TimeSpan wait, DateTimeOffset until) =>
        Said(
            Limited,
            $"Could not {request.Doing}: {Asked} limits how much may be asked, and wants {Words(wait)} of waiting.",
            $"Run the command again after {until.UtcDateTime:HH:mm:ss} UTC; what is done stays done."
        );

    /// <summary>An address that nothing is sent to.</summary>
    public ConcordException Elsewhere(GitHubRequest request, Uri address) =>
        Said(
            Redirected,
            $"Could not {request.Doing}: {Asked} leads to {address.Scheme}://{address.Authority}, where the token does not belong.",
            "Check the remote's address, and that no proxy answers in GitHub's place."
        );

    public static string Words(TimeSpan wait) =>
        wait < TimeSpan.FromMinutes(2)
            ? $"{Math.Ceiling(wait.TotalSeconds):0} seconds"
            : $"{Math.Ceiling(wait.TotalMinutes):0} minutes";

    private ConcordException OfStatus(GitHubRequest request, HttpAnswer answer, string could)
    {
        var error = GitHubError.Of(answer);
        if (answer.Status is 400 or 403 or 404 or 405 or 409 or 422 && request.Explain(error) is var (what, mend))
            return Said(answer.Status == 422 ? Invalid : Refused, what, mend);
        var words = error.Words.Length > 0 ? $": {error.Words}" : "";
        return answer.Status switch
        {
            401 when token is null => Said(Unauthorized, $"{could} without a token{words}.", Find()),
            401 => Said(
                Unauthorized,
                $"{could}: {Asked} does not take {token}{words}.",
                $"It may be expired, revoked or another host's: renew it in {token!.Source}, or run 'gh auth login{Hostname()}'."
            ),
            403 => Said(
                Forbidden,
                $"{could}: {Asked} does not allow it to {token?.ToString() ?? "one without a token"}{words}.",
                Allow(answer)
            ),
            404 => Said(
                NotFound,
                $"{could}: {Asked} knows no such thing{(token is null ? "" : $", or does not show it to {token}")}.",
                token is null
                    ? $"A private repository looks the same without a token. {Find()}"
                    : "A private repository looks the same to a token that may not see it: check the remote's address, and that the token has this repository."
            ),
            410 => Said(
                Refused,
                $"{could}: {Asked} has it no more{words}.",
                "If issues are disabled in the repository's settings, enable them: comments and labels of pull requests need them."
            ),
            422 => Said(Invalid, $"{could}: {Asked} refuses it{words}.", "Mend what GitHub says, then run the command again."),
            >= 500 or 408 => Said(Unavailable, $"{could}: {Asked} answered {answer.Status}{words}.", Again),
            >= 300 and < 400 => Said(
                Redirected,
                $"{could}: {Asked} answered {answer.Status} again and again.",
                "Check the remote's address: the repository may have been renamed or moved."
            ),
            429 => Said(Limited, $"{could}: {Asked} limits how much may be asked{words}.", Again),
            _ => Said(
                Refused,
                $"{could}: {Asked} answered {answer.Status}{words}.",
                "Mend what GitHub says, then run the command again."
            ),
        };
    }

    private string Find() => $"Set GH_TOKEN, or run 'gh auth login{Hostname()}'.";

    private string Hostname() => host.Name == GitHubHost.Public ? "" : $" --hostname {host.Name}";

    private string Allow(HttpAnswer answer)
    {
        // Single sign-on: "required; url=https://…", where the token is approved.
        if (answer.Header("x-github-sso") is { } sso && sso.StartsWith("required", StringComparison.OrdinalIgnoreCase))
            return $"The organisation wants the token approved for its single sign-on: {PlainText.Of(sso[(sso.IndexOf("url=", StringComparison.Ordinal) + 4)..])}";
        var wanted = answer.Header("x-accepted-github-permissions") is { Length: > 0 } permissions
            ? $" this permission: {PlainText.Of(permissions)}"
            : " write access to the repository's contents, pull requests and issues";
        return token is { IsApps: true }
            ? $"Give the workflow's job{wanted} ('permissions:'); a pull request from a fork has none of them."
            : $"Give the token{wanted}, or use an account that may do this.";
    }

    private ConcordException Said(string rule, string what, string mend) =>
        new(rule, Secret.WithoutPieces(token?.Value, what), Secret.WithoutPieces(token?.Value, mend));
}
