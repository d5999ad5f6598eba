using System.Globalization;

namespace Concord.Core.Domain;

/// <summary>Numbers as Concord writes and reads them.</summary>
public static class NumberText
{
    /// <summary>At most six decimals, trailing zeros trimmed, no −0, invariant.</summary>
    /// <param name="value">A finite number; null is undefined.</param>
    /// <returns>The text; empty for null.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public static string Of(double? value)
    {
        if (value is not { } number)
            return "";
        if (!double.IsFinite(number))
            throw new ArgumentOutOfRangeException(nameof(value), number, "An undefined number is null.");
        var text = number.ToString("0.######", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Reads an optional sign, ASCII digits and optional decimals; nothing else is a number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether the text is a number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var digits = text.StartsWith("-") ? text[1..] : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        if (digits.Length > 30 || !AllDigits(whole) || (point >= 0 && !AllDigits(digits[(point + 1)..])))
            return false;
        var parsed = double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out value
        );
        value += 0.0; // −0 is 0
        return parsed;
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
