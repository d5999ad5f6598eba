namespace Concord.Core.Domain;

/// <summary>Enum values as files and options write them.</summary>
public static class Names
{
    /// <summary>The value's name in lower case with <c>-</c> between words.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">A defined value.</param>
    /// <returns>Such as <c>do-not-rely</c> for <c>DoNotRely</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Cache<TEnum>.NameOf.TryGetValue(value, out var name)
            ? name
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The enum defines no such value.");

    /// <summary>The names of all values, in the order of the enum.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <returns>One name a value.</returns>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum => Cache<TEnum>.Names;

    /// <summary>The value of a name.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="name">A name as <see cref="Of"/> writes it.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the enum has a value of that name.</returns>
    public static bool TryParse<TEnum>(string name, out TEnum value)
        where TEnum : struct, Enum => Cache<TEnum>.ValueOf.TryGetValue(name, out value);

    private static string Written(string name) =>
        string.Concat(
            name.SelectMany(
                (c, i) => char.IsUpper(c) && i > 0 ? new[] { '-', char.ToLowerInvariant(c) } : [char.ToLowerInvariant(c)]
            )
        );

    // Made once an enum: a name is asked for with every grade.
    private static class Cache<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> NameOf = Enum.GetValues<TEnum>()
            .ToDictionary(v => v, v => Written(v.ToString()));

        public static readonly string[] Names = [.. NameOf.Values];

        public static readonly Dictionary<string, TEnum> ValueOf = NameOf.ToDictionary(
            v => v.Value,
            v => v.Key,
            StringComparer.Ordinal
        );
    }
}
