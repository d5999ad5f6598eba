using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Hub;

/// <summary>The Hub: Hugging Face's, or another that speaks as it does.</summary>
internal sealed class HubEndpoint
{
    private const string Variable = "HF_ENDPOINT";

    private readonly Uri _root;

    private HubEndpoint(Uri root) => _root = root;

    /// <summary>Where everything begins, without a slash at the end.</summary>
    public string Url => _root.AbsoluteUri.TrimEnd('/');

    /// <summary>The host's name, with a port where it has one.</summary>
    public string Host => _root.Authority;

    /// <summary>What it is called in sentences.</summary>
    public string Asked => Host == "huggingface.co" ? "the Hub" : Host;

    /// <summary>Where tokens are made.</summary>
    public string Tokens => $"{Url}/settings/tokens";

    /// <summary>Hugging Face's, or the one that <c>HF_ENDPOINT</c> names.</summary>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="ConcordException">It is no address that a token may be sent to.</exception>
    public static HubEndpoint Of(Func<string, string?> environment)
    {
        var text = environment(Variable)?.Trim() is { Length: > 0 } named ? named : "https://huggingface.co";
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var root)
            || !PlainHttp.IsSafe(root)
            || root.UserInfo.Length > 0
            || root.Query.Length > 0
            || root.Fragment.Length > 0
        )
            throw new ConcordException(
                "hub-endpoint",
                $"{Variable} names no address of a Hub that a token may be sent to.",
                $"Give it an https address, without a name, password or query, such as https://huggingface.co, or unset {Variable}."
            );
        return new(root);
    }

    /// <summary>Whether a file may be sent to an address that the Hub gave: an encrypted one, and one of this machine only where the Hub is there too.</summary>
    public bool MayLeadTo(Uri address) => PlainHttp.IsSafe(address) && (!address.IsLoopback || _root.IsLoopback);

    /// <summary>Whether the token may be sent to an address.</summary>
    public bool Owns(Uri address) =>
        address.Scheme == _root.Scheme && string.Equals(address.Authority, _root.Authority, StringComparison.OrdinalIgnoreCase);
}
