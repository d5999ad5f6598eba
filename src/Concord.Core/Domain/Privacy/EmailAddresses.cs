using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Privacy;

/// <summary>E-mail addresses, also with <c>[at]</c>, <c>(dot)</c>, <c>%40</c>, and spelled out. Every repetition is bounded, so the time is linear.</summary>
internal static partial class EmailAddresses
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Local = @"[\p{L}\p{N}._%+'-]{1,64}";
    private const string Label = @"[\p{L}\p{N}][\p{L}\p{N}-]{0,62}";
    private const string At = @"(?:@|[ ]?[\[({<][ ]?(?:at|@)[ ]?[\])}>][ ]?|%40|&\#0?64;|&commat;)";
    private const string Known =
        @"(?:com|org|net|edu|gov|io|dev|ai|uk|de|fr|nl|ch|eu|ca|au|jp|br|pl|se|dk|cz|cn|ru)(?![\p{L}\p{N}])";
    private const string Dot = @"(?:\.|[ ]?[\[({<][ ]?(?:dot|punkt|\.)[ ]?[\])}>][ ]?)";

    public static IEnumerable<SensitiveSpan> In(ReadableText text)
    {
        foreach (Match match in Written().Matches(text.Text))
            if (!Version().IsMatch(match.Groups["domain"].Value) && !FileName().IsMatch(match.Value))
                yield return Span(text, match);
        foreach (Match match in Spelled().Matches(text.Text))
            yield return Span(text, match);
        foreach (Match match in Spaced().Matches(text.Text))
            yield return Span(text, match);
        foreach (Match match in AtProvider().Matches(text.Text))
            yield return Span(text, match);
    }

    private static SensitiveSpan Span(ReadableText text, Match match) =>
        text.Span(match.Index, match.Index + match.Length, SensitiveKind.Email);

    [GeneratedRegex(
        $@"{Local}{At}(?<domain>{Label}(?:{Dot}{Label}){{0,8}}{Dot}(?:xn--[a-z0-9-]{{2,59}}|\p{{L}}{{2,24}}))",
        Options
    )]
    private static partial Regex Written();

    // Without the domains that are words: "look at the dot in the middle".
    [GeneratedRegex(
        $@"{Local}[ ]{{1,3}}at[ ]{{1,3}}{Label}(?:[ ]{{1,3}}dot[ ]{{1,3}}{Label}){{0,3}}[ ]{{1,3}}dot[ ]{{1,3}}{Known}",
        Options
    )]
    private static partial Regex Spelled();

    // Behind a dot and a space the next sentence may begin, so the last word has to be a known one.
    [GeneratedRegex(
        $@"{Local}[ ]{{0,2}}{At}[ ]{{0,2}}{Label}(?:[ ]{{0,2}}\.[ ]{{0,2}}{Label}){{0,3}}[ ]{{0,2}}\.[ ]{{0,2}}{Known}",
        Options
    )]
    private static partial Regex Spaced();

    [GeneratedRegex(
        $@"{Local}[ ]{{1,3}}at[ ]{{1,3}}(?:gmail|googlemail|outlook|hotmail|yahoo|icloud|proton|protonmail|gmx|aol)(?:\.|[ ]{{1,3}}dot[ ]{{1,3}})\p{{L}}{{2,4}}(?![\p{{L}}\p{{N}}])",
        Options
    )]
    private static partial Regex AtProvider();

    // A package's version, react@18.2.0-rc.beta, and a picture of double density, icon@2x.png, are no addresses.
    [GeneratedRegex(@"\Av?[0-9]{1,5}\.[0-9]")]
    private static partial Regex Version();

    [GeneratedRegex(@"\.(?:[cm]?js|jsx|tsx?|css|html|json|csv|svg|png|jpe?g|gif|webp|map)\z", Options)]
    private static partial Regex FileName();
}
