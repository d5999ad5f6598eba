using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Hub;

/// <summary>Says what the Hub refused, and how to mend it.</summary>
/// <param name="endpoint">Which Hub.</param>
/// <param name="token">What it was asked with; its value is in nothing that is said.</param>
internal sealed class HubFailure(HubEndpoint endpoint, HubToken token)
{
    private const int LongestText = 1000;
    private const string Again = "Run the command again later; what arrived is not sent again.";

    public const string Unauthorized = "hub-unauthorized";
    public const string Forbidden = "hub-forbidden";
    public const string NotFound = "hub-not-found";
    public const string Invalid = "hub-invalid";
    public const string Limited = "hub-limited";
    public const string Unavailable = "hub-unavailable";
    public const string Unreachable = "hub-unreachable";
    public const string NotUnderstood = "hub-not-understood";
    public const string Redirected = "hub-redirected";
    public const string Refused = "hub-refused";

    /// <summary>An answer that is no success.</summary>
    public ConcordException Of(HubRequest request, HttpAnswer answer)
    {
        var could = $"Could not {request.Doing}";
        // An address to send bytes to is a key to its place: only its host is told.
        var host = HostOf(request);
        return answer.Missing switch
        {
            NoAnswer.Unreachable => Said(
                Unreachable,
                $"{could}: {host} was not reached: {answer.Why}.",
                "Check the network, then run the command again; what arrived is not sent again."
            ),
            NoAnswer.Cut => Said(Unavailable, $"{could}: {answer.Why}.", Again),
            NoAnswer.NotUnderstood => Said(
                NotUnderstood,
                $"{could}: {Asked(request)} answered {answer.Status} with something else than was asked for: {answer.Why}.",
                $"Check that no proxy or sign-in page answers for {host}, and that HF_ENDPOINT, where it is set, names a Hub."
            ),
            NoAnswer.None => request.Given is null ? OfStatus(request, answer, could) : OfStore(answer, could, host),
            _ => throw new ArgumentOutOfRangeException(nameof(answer), answer.Missing, null),
        };
    }

    /// <summary>A limit that lasts longer than one waits.</summary>
    public ConcordException TooLong(HubRequest request, TimeSpan wait, DateTimeOffset until) =>
        Said(
            Limited,
            $"Could not {request.Doing}: {Asked(request)} wants {Words(wait)} of waiting.",
            $"Run the command again after {until.UtcDateTime:HH:mm:ss} UTC; what arrived is not sent again."
        );

    /// <summary>An address that nothing is sent to.</summary>
    public ConcordException Elsewhere(HubRequest request, Uri address) =>
        Said(
            Redirected,
            request.Given is null
                ? $"Could not {request.Doing}: {endpoint.Asked} leads to {address.Scheme}://{address.Authority}, where the token does not belong."
                : $"Could not {request.Doing}: {endpoint.Asked} wants it sent to {address.Scheme}://{address.Authority}, which is {(address.Scheme == "https" ? "this machine" : "not encrypted")}.",
            "Check HF_ENDPOINT where it is set, and that no proxy answers in the Hub's place."
        );

    /// <summary>What is not as the protocol has it.</summary>
    public ConcordException NotAsAgreed(string doing, string why) =>
        Said(
            NotUnderstood,
            $"Could not {doing}: {endpoint.Asked} answered with something else than was asked for: {why}.",
            "Run the command again; if it stays, check that HF_ENDPOINT, where it is set, names a Hub."
        );

    public static string Words(TimeSpan wait) =>
        wait < TimeSpan.FromMinutes(2)
            ? $"{Math.Ceiling(wait.TotalSeconds):0} seconds"
            : $"{Math.Ceiling(wait.TotalMinutes):0} minutes";

    private ConcordException OfStatus(HubRequest request, HttpAnswer answer, string could)
    {
        var asked = endpoint.Asked;
        var words = HubError.Words(answer) is { Length: > 0 } said ? $": {said}" : "";
        return answer.Status switch
        {
            401 => Said(
                Unauthorized,
                $"{could}: {asked} does not take {token}{words}.",
                $"It may be expired or revoked: make one with write access at {endpoint.Tokens}, and set {HubToken.Variable} to it."
            ),
            403 => Said(
                Forbidden,
                $"{could}: {asked} does not allow it to {token}{words}.",
                $"Give the token write access to the owner's datasets at {endpoint.Tokens}; in an organisation your role must allow it too."
            ),
            404 => Said(
                NotFound,
                $"{could}: {asked} knows no such thing, or does not show it to {token}.",
                "A private dataset looks the same to a token that may not see it: check the name, and that the token may read and write it."
            ),
            >= 500 or 408 => Said(Unavailable, $"{could}: {asked} answered {answer.Status}{words}.", Again),
            >= 300 and < 400 => Said(
                Redirected,
                $"{could}: {asked} answered {answer.Status} again and again.",
                "Check the dataset's name: it may have been renamed or moved."
            ),
            429 => Said(Limited, $"{could}: {asked} limits how much may be asked{words}.", Again),
            400 or 422 => Said(
                Invalid,
                $"{could}: {asked} refuses it{words}.",
                "Mend what the Hub says, then run the command again."
            ),
            _ => Said(
                Refused,
                $"{could}: {asked} answered {answer.Status}{words}.",
                "Mend what the Hub says, then run the command again."
            ),
        };
    }

    // What a store says is about its addresses, and may have pieces of them.
    private ConcordException OfStore(HttpAnswer answer, string could, string host) =>
        Said(answer.IsDoubtful ? Unavailable : Refused, $"{could}: the store at {host} answered {answer.Status}.", Again);

    private string Asked(HubRequest request) => request.Given is null ? endpoint.Asked : $"the store at {HostOf(request)}";

    private string HostOf(HubRequest request) =>
        Uri.TryCreate(request.Address, UriKind.Absolute, out var address) ? address.Authority : endpoint.Host;

    /// <summary>What the Hub said, on one line and without the token.</summary>
    public string Clean(string said)
    {
        var clean = Secret.WithoutPieces(token.Value, PlainText.Of(said));
        return clean.Length <= LongestText ? clean : clean[..LongestText] + "…";
    }

    private ConcordException Said(string rule, string what, string mend) =>
        new(rule, Secret.WithoutPieces(token.Value, what), Secret.WithoutPieces(token.Value, mend));
}
