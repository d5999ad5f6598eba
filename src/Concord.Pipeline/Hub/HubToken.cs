using Concord.Core.Domain;

namespace Concord.Pipeline.Hub;

/// <summary>The token. Nothing prints it.</summary>
internal sealed class HubToken
{
    /// <summary>The only place that it is taken from.</summary>
    public const string Variable = "HF_TOKEN";

    private const int Longest = 4096;

    private HubToken(string value) => Value = value;

    public string Value { get; }

    /// <summary>The token of the environment.</summary>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="endpoint">Whose it is.</param>
    /// <exception cref="ConcordException">There is none, or what is there cannot be one.</exception>
    public static HubToken Of(Func<string, string?> environment, HubEndpoint endpoint)
    {
        var value = environment(Variable)?.Trim() ?? "";
        if (value.Length == 0)
            throw new ConcordException(
                "no-token",
                $"There is no token, and {endpoint.Asked} takes datasets from nobody without one.",
                $"Make one with write access at {endpoint.Tokens}, and set {Variable} to it."
            );
        return value.Length <= Longest && value.All(c => c is > ' ' and <= '~')
            ? new(value)
            : throw new ConcordException(
                "hub-token",
                $"What {Variable} gives is no token: it has blanks or letters that no token has, or is too long.",
                $"Put a token, and nothing else, into {Variable}."
            );
    }

    public override string ToString() => $"the token from {Variable}";
}
