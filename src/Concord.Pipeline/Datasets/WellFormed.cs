namespace Concord.Pipeline.Datasets;

/// <summary>Text that UTF-8 can hold.</summary>
internal static class WellFormed
{
    /// <summary>The text with every surrogate that lacks its partner replaced by U+FFFD.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        return string.Create(
            text.Length,
            text,
            static (target, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    var paired = i + 1 < source.Length && char.IsSurrogatePair(source[i], source[i + 1]);
                    target[i] = paired || !char.IsSurrogate(source[i]) ? source[i] : '\uFFFD';
                    if (paired)
                        target[++i] = source[i];
                }
            }
        );
    }
}
