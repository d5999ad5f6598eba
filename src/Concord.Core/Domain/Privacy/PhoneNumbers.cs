using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Privacy;

/// <summary>
/// Telephone numbers: international ones, national ones with their leading 0 or in the usual groups, and any behind a word such as <c>phone</c>. Dates, decimals
/// and rows of numbers with a constant step are none. Every repetition is bounded, so the time is linear.
/// </summary>
internal static partial class PhoneNumbers
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Before = @"(?<![\p{L}\p{N}_\#+/-]|[0-9][.,:])";
    private const string After = @"(?![\p{L}\p{N}_%]|[.,:/-][0-9])";
    private const string Apart = @"[ ./()-]{0,3}";

    public static IEnumerable<SensitiveSpan> In(ReadableText text) =>
        [
            .. Of(text, International(), digits => digits.Count is >= 7 and <= 15),
            .. Of(text, WithTrunk(), _ => true),
            .. Of(text, InGroups(), _ => true),
            .. Of(text, BehindItsName(), _ => true),
        ];

    private static IEnumerable<SensitiveSpan> Of(ReadableText text, Regex shape, Func<Digits, bool> fits)
    {
        for (var match = shape.Match(text.Text); match.Success; )
        {
            var number = match.Groups["n"];
            var digits = new Digits(number.Value);
            var isNumber = fits(digits) && !digits.AreDate && !digits.AreDecimal && !digits.AreRow;
            if (isNumber)
                yield return text.Span(number.Index, number.Index + number.Length, SensitiveKind.Phone);
            // A date may stand right before a number.
            var next = isNumber ? number.Index + number.Length : number.Index + digits.First;
            match = next < text.Text.Length ? shape.Match(text.Text, next) : Match.Empty;
        }
    }

    [GeneratedRegex(
        $@"{Before}(?<n>(?:\+[ ]?\(?[1-9]|00[1-9](?={Apart}[0-9]{Apart}[0-9]))(?:{Apart}[0-9]){{6,14}}){After}",
        Options
    )]
    private static partial Regex International();

    // 030 1234567, (020) 7946 0958, 06 12 34 56 78, 0171/1234567
    [GeneratedRegex($@"{Before}(?<n>\(?0[1-9](?:{Apart}[0-9]){{7,10}}){After}", Options)]
    private static partial Regex WithTrunk();

    // (415) 555-2671 and 1-800-555-0199; 415 555 2671; (11) 91234-5678; 8 (495) 123-45-67; 138 0013 8000
    [GeneratedRegex(
        $@"{Before}(?<n>(?:1[ .-])?(?:\([0-9]{{3}}\)[ .-]?|[0-9]{{3}}[.-])[0-9]{{3}}[ .-][0-9]{{4}}|(?:1 )?[2-9][0-9]{{2}} [2-9][0-9]{{2}} [0-9]{{4}}|\((?!(?:19|20)[0-9]{{2}}\))[0-9]{{2,5}}\)[ ]?[0-9]{{3,5}}[ -][0-9]{{4,5}}|[78][ -]?\(?[0-9]{{3}}\)?[ -]?[0-9]{{3}}[ -][0-9]{{2}}[ -][0-9]{{2}}|1[3-9][0-9][ -][0-9]{{4}}[ -][0-9]{{4}}){After}",
        Options
    )]
    private static partial Regex InGroups();

    [GeneratedRegex(
        $@"(?<!\p{{L}})(?:tele(?:fon|phone|fono|foon)|téléphone|tel|phone|mobile|mobil|handy|fax|whatsapp)(?:[ .:\#]|number|nr|no){{0,6}}(?<n>[+(]?[0-9](?:{Apart}[0-9]){{5,14}}){After}",
        Options
    )]
    private static partial Regex BehindItsName();

    /// <summary>The groups of digits that a candidate is made of.</summary>
    private sealed class Digits(string written)
    {
        private readonly string[] groups = written.Split(
            [' ', '.', '/', '(', ')', '-', '+'],
            StringSplitOptions.RemoveEmptyEntries
        );

        public int Count => groups.Sum(g => g.Length);

        /// <summary>How much of it the first group takes.</summary>
        public int First => Math.Max(1, written.IndexOf(groups[0], StringComparison.Ordinal) + groups[0].Length);

        public bool AreDate => Date().IsMatch(written);

        // +1.4155552671 is a way to write numbers of North America, and no other number has eleven digits by chance.
        public bool AreDecimal =>
            groups.Length == 2 && written.Contains('.') && !written.Contains(' ') && groups[0].Length < 2 && Count != 11;

        /// <summary>05 10 15 20 25, 100 200 3000: ticks of an axis and the like. A number has hardly ever two groups of one digit, apart from +49 (0)30 123456-0.</summary>
        public bool AreRow
        {
            get
            {
                if (groups.Length < 3)
                    return false;
                if (groups.Count(g => g.Length == 1) > (written[0] is '+' ? 2 : 1) || groups.All(g => g[^1] == '0'))
                    return true;
                var steps = groups.Zip(groups.Skip(1), (a, b) => long.Parse(b, null) - long.Parse(a, null)).Distinct();
                return steps.Count() == 1;
            }
        }
    }

    [GeneratedRegex(
        @"\A\(?(?:(?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12][0-9]|3[01]))[./-](?:[0-9]{4}|[0-9]{2})(?![./-]?[0-9])"
    )]
    private static partial Regex Date();
}
