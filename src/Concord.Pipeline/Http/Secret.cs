namespace Concord.Pipeline.Http;

/// <summary>Takes a key out of texts that others sent: a server that gives back what it was sent must not bring a key into a file or a message.</summary>
internal static class Secret
{
    // Local servers take any word for a key, such as their own name, which is no secret and may stand in a reply.
    private const int Shortest = 12;
    private const int RevealingPiece = 8;

    /// <summary>The text with <c>[key]</c> in place of the whole key.</summary>
    public static string Without(string? key, string text) =>
        key is not { Length: >= Shortest } ? text : text.Replace(key, "[key]", StringComparison.Ordinal);

    /// <summary>The same for a text that was shortened, which may have left only the beginning of a key.</summary>
    public static string WithoutPieces(string? key, string text)
    {
        if (key is not { Length: >= Shortest })
            return text;
        for (var from = 0; text.IndexOf(key[..RevealingPiece], from, StringComparison.Ordinal) is >= 0 and var at; from = at + 1)
            text = string.Concat(text.AsSpan(0, at), "[key]", text.AsSpan(at + text.AsSpan(at).CommonPrefixLength(key)));
        return text;
    }
}
