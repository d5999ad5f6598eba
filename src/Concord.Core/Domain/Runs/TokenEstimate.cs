using System.Globalization;
using System.Text;

namespace Concord.Core.Domain.Runs;

/// <summary>How many tokens a request may take at most, before it is sent. On the high side, because a limit on cost rests on it.</summary>
public static class TokenEstimate
{
    /// <summary>The tokens of a reply to a request that sets no limit to it.</summary>
    public const long UnlimitedOutput = 32_768;

    // Prose has about four bytes a token, digits and punctuation about two.
    private const int BytesPerToken = 2;
    private const int TokensPerMessage = 16;

    private static readonly string[] Limits = ["max_tokens", "max_completion_tokens"];

    /// <summary>The tokens of a request: one for two bytes of UTF-8, and some for each message.</summary>
    /// <param name="messages">The messages.</param>
    public static long OfInput(IReadOnlyList<Message> messages) =>
        messages.Sum(m => (long)TokensPerMessage + (Encoding.UTF8.GetByteCount(m.Content) / BytesPerToken));

    /// <summary>The tokens of a reply: the limit that the parameters set, else <see cref="UnlimitedOutput"/>.</summary>
    /// <param name="parameters">Parameters as JSON text, by name.</param>
    public static long OfOutput(IReadOnlyDictionary<string, string> parameters) => Limit(parameters) ?? UnlimitedOutput;

    /// <summary>The limit that the parameters set to a reply; null where they set none.</summary>
    /// <param name="parameters">Parameters as JSON text, by name.</param>
    public static long? Limit(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var name in Limits)
            if (
                parameters.TryGetValue(name, out var text)
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            )
                return limit;
        return null;
    }

    /// <summary>The tokens of so much text, where a reply broke off before its usage was told.</summary>
    /// <param name="characters">How many characters arrived.</param>
    public static long OfText(long characters) => (characters + BytesPerToken - 1) / BytesPerToken;
}
