using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Privacy;

/// <summary>
/// API keys and tokens by the beginnings that their makers gave them, private keys, and what looks random behind a word such as <c>key=</c>. What may be long
/// is followed by nothing that it could fail on, so the time is linear.
/// </summary>
internal static partial class SecretKeys
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    public static IEnumerable<SensitiveSpan> In(ReadableText text) =>
        [
            .. PrivateKeys(text),
            .. Values(text, ByBeginning().Matches(text.Text), _ => true),
            .. Values(text, OpenAi().Matches(text.Text), LooksIssued),
            .. Values(text, Assigned().Matches(text.Text), LooksRandom),
            .. Values(text, Passwords().Matches(text.Text), LooksChosen),
            .. Values(text, Bearer().Matches(text.Text), LooksRandom),
            .. Values(text, InAddress().Matches(text.Text), _ => true),
            .. Values(text, Forty().Matches(text.Text), HasAllKinds),
        ];

    private static IEnumerable<SensitiveSpan> Values(ReadableText text, MatchCollection matches, Func<string, bool> isSecret)
    {
        foreach (Match match in matches)
        {
            var value = match.Groups["v"] is { Success: true } group ? group : match;
            if (isSecret(value.Value))
                yield return text.Span(value.Index, value.Index + value.Length, SensitiveKind.Key);
        }
    }

    // One without an end takes the rest of the text with it.
    private static IEnumerable<SensitiveSpan> PrivateKeys(ReadableText text)
    {
        for (var at = 0; at < text.Text.Length && PemBegin().Match(text.Text, at) is { Success: true } begin; )
        {
            var end = PemEnd().Match(text.Text, begin.Index + begin.Length);
            at = end.Success ? end.Index + end.Length : text.Text.Length;
            yield return text.Span(begin.Index, at, SensitiveKind.Key);
        }
    }

    // sk-some-long-name-of-a-class is none: keys have digits, or a long stretch without a hyphen.
    private static bool LooksIssued(string value) =>
        value.Any(char.IsAsciiDigit) || value[3..].Split('-', '_').Any(part => part.Length >= 20);

    private static bool LooksChosen(string value) =>
        value.Any(char.IsLetter) && value.Any(c => char.IsAsciiDigit(c) || "!@#$%^&*".Contains(c));

    private static bool HasAllKinds(string value) =>
        value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetterUpper) && value.Any(char.IsAsciiLetterLower);

    private static bool LooksRandom(string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        if (digits == 0 || digits == value.Length)
            return false;
        if (value.All(char.IsAsciiHexDigit))
            return value.Distinct().Count() >= 6;
        return value.Length >= 20 && Bits(value) >= 3.3 && (HasAllKinds(value) || digits >= 0.15 * value.Length);
    }

    // Shannon's entropy of the characters, in bits for each.
    private static double Bits(string value) =>
        value.CountBy(c => c).Sum(c => -c.Value * Math.Log2((double)c.Value / value.Length)) / value.Length;

    [GeneratedRegex(
        """
            (?<![A-Za-z0-9])(?:
                [prs]k_(?:live|test)_[A-Za-z0-9]{10,} | whsec_[A-Za-z0-9+/=]{16,}
              | hf_[A-Za-z0-9]{16,} | api_org_[A-Za-z0-9]{16,}
              | gh[opusr]_[A-Za-z0-9]{16,} | github_pat_[A-Za-z0-9_]{16,} | gl(?:pat|ptt|rt|dt)-[A-Za-z0-9_-]{16,}
              | npm_[A-Za-z0-9]{20,} | pypi-[A-Za-z0-9_-]{16,} | dop_v1_[a-f0-9]{16,} | nvapi-[A-Za-z0-9_-]{16,}
              | (?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|AROA)[A-Z0-9]{16,}
              | AIza[A-Za-z0-9_-]{30,} | ya29\.[A-Za-z0-9_-]{16,} | GOCSPX-[A-Za-z0-9_-]{16,}
              | xox[abeoprs]-[A-Za-z0-9-]{10,} | xapp-[A-Za-z0-9-]{10,} | hooks\.slack\.com/services/[A-Za-z0-9/]{16,}
              | gsk_[A-Za-z0-9]{20,} | xai-[A-Za-z0-9]{20,} | r8_[A-Za-z0-9]{20,} | pplx-[A-Za-z0-9]{20,} | fw_[A-Za-z0-9]{20,}
              | SG\.[A-Za-z0-9_-]{16,}(?:\.[A-Za-z0-9_-]{16,})? | AGE-SECRET-KEY-1[A-Z0-9]{16,}
              | (?:discord|discordapp)\.com/api/webhooks/[0-9]{5,20}/[A-Za-z0-9_-]{16,} | [0-9]{8,10}:AA[A-Za-z0-9_-]{30,}
              | (?<![_-])(?>eyJ[A-Za-z0-9_-]{8,})\.(?>[A-Za-z0-9_-]{8,})\.[A-Za-z0-9_-]*
            )
            """,
        Options | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex ByBeginning();

    [GeneratedRegex(@"(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{16,}", Options)]
    private static partial Regex OpenAi();

    [GeneratedRegex(
        @"(?:key|secret|token|passw(?:or)?d|passphrase|passwort|pwd|credentials?|auth(?:orization)?|signature|sig)[""'`]?\s{0,3}(?:[:=]|=>|is)\s{0,3}[""'`]?(?<v>[A-Za-z0-9+/_=.~-]{16,})",
        Options | RegexOptions.IgnoreCase
    )]
    private static partial Regex Assigned();

    [GeneratedRegex(
        @"(?:passw(?:or)?d|passphrase|passwort|pwd)[""'`]?\s{0,3}(?:[:=]|is)\s{0,3}[""'`]?(?<v>[^\s""'`]{6,})",
        Options | RegexOptions.IgnoreCase
    )]
    private static partial Regex Passwords();

    [GeneratedRegex(@"(?:bearer|basic)\s{1,3}(?<v>[A-Za-z0-9+/_=.~-]{16,})", Options | RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"://(?<v>[^\s/@:]{1,256}:[^\s/@]{1,256})@", Options)]
    private static partial Regex InAddress();

    // Such as the secret half of Amazon's keys; commits are forty characters too, but in lower case.
    [GeneratedRegex(@"(?<![A-Za-z0-9/+=_.-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_.-])", Options)]
    private static partial Regex Forty();

    [GeneratedRegex(@"-{4,5}[ ]?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?[ ]?-{4,5}", Options)]
    private static partial Regex PemBegin();

    [GeneratedRegex(@"-{4,5}[ ]?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?[ ]?-{4,5}", Options)]
    private static partial Regex PemEnd();
}
