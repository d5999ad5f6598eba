using Concord.Core.Domain;

namespace Concord.Pipeline.GitHub;

/// <summary>A token, for one host, and where it was found. Nothing prints it.</summary>
internal sealed class GitHubToken
{
    private const int Longest = 4096;

    private GitHubToken(string value, string host, string source) => (Value, Host, Source) = (value, host, source);

    public string Value { get; }

    /// <summary>The only host that it is meant for.</summary>
    public string Host { get; }

    /// <summary>In words: <c>GH_TOKEN</c>, <c>gh auth token</c>.</summary>
    public string Source { get; }

    /// <summary>Whether it is an app's, such as that of an Actions run: such a one has no user.</summary>
    public bool IsApps => Value.StartsWith("ghs_", StringComparison.Ordinal);

    /// <summary>Takes a token as it was found.</summary>
    /// <returns>Null where there is nothing.</returns>
    /// <exception cref="ConcordException">It cannot be one.</exception>
    public static GitHubToken? Of(string? text, string host, string source)
    {
        var value = text?.Trim() ?? "";
        if (value.Length == 0)
            return null;
        return value.Length <= Longest && value.All(c => c is > ' ' and <= '~')
            ? new(value, host, source)
            : throw new ConcordException(
                "github-token",
                $"What {source} gives is no token: it has blanks or letters that no token has, or is too long.",
                $"Put a token, and nothing else, into {source}."
            );
    }

    public override string ToString() => $"the token from {Source}";
}
