namespace Concord.Core.Domain;

/// <summary>Enum values as files and options write them.</summary>
public static class Names
{
    /// <summary>The value's name in lower case with <c>-</c> between words.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">A defined value.</param>
    /// <returns>Such as <c>do-not-rely</c> for <c>DoNotRely</c>.</returns>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        var words = name.SelectMany((c, i) => char.IsUpper(c) && i > 0 ? new[] { '-', char.ToLowerInvariant(c) } : [char.ToLowerInvariant(c)]);
        return string.Concat(words);
    }
}
