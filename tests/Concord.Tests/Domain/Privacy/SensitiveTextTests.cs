using System.Diagnostics;
using Concord.Core.Domain;
using Concord.Core.Domain.Privacy;

namespace Concord.Tests.Domain.Privacy;

public sealed class SensitiveTextTests
{
    private static readonly SensitiveText Scan = new(
        ["ann-smith", "Ann Smith", "bob", "José García", "Jürgen Groß", "王小明", "김민수", "Мария Иванова", "ej-fox", "x"]
    );

    [Theory]
    [InlineData("ann.smith@example.com")]
    [InlineData("Ann.Smith+grading@mail.example.co.uk")]
    [InlineData("ANN_SMITH@EXAMPLE.COM")]
    [InlineData("jörg@müller.example")]
    [InlineData("o'neil@example.org")]
    [InlineData("a@xn--mller-kva.example")]
    [InlineData("user@sub.xn--p1ai")]
    [InlineData("mailto:ann@example.com")]
    [InlineData("ann [at] example.com")]
    [InlineData("ann(at)example(dot)com")]
    [InlineData("ann [at] example [dot] com")]
    [InlineData("ann<at>example.com")]
    [InlineData("ann at example dot com")]
    [InlineData("ann.smith AT mail DOT example DOT org")]
    [InlineData("ann at gmail.com")]
    [InlineData("ann%40example.com")]
    [InlineData("ann&#64;example.com")]
    [InlineData("ann(at)example. com")]
    [InlineData("ann @ example . com")]
    [InlineData("ann@e\uFE0Fxample.com")]
    [InlineData("ann@\u034F\u3164ex\uFFA0ample.c\u115F\u1160om")]
    [InlineData("ann@exam\U000E0101ple.com")]
    [InlineData("ann@\u200Bexample.com")]
    [InlineData("ann\uFF20example.com")]
    [InlineData("x@y.io")]
    [InlineData("git@github.com")]
    public void Addresses_are_found_however_they_are_written(string address) =>
        Holds(
            SensitiveKind.Email,
            address,
            ["ann", "example", "jörg", "müller", "neil", "gmail", "y.io", "github", "p1ai", "user"]
        );

    [Theory]
    [InlineData("sk-abcdefghijklmnopqrstuvwx")]
    [InlineData("sk-proj-Ab1_cdefghijklmnop-qrstuvwxyz0123456789")]
    [InlineData("sk-ant-api03-Zm9vYmFyYmF6cXV4-AAAA")]
    [InlineData("sk-or-v1-0123456789abcdef0123456789abcdef")]
    [InlineData("sk_live_0123456789abcdefghij")]
    [InlineData("hf_abcdefghijklmnopqrstuvwxyzABCDEFGH")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("gho_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("github_pat_11ABCDEFG0123456789_abcdefghijklmnopqrstuvwxyz")]
    [InlineData("glpat-abcdefghij0123456789")]
    [InlineData("npm_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("ASIAIOSFODNN7EXAMPLE")]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")]
    [InlineData("AIzaSyA-0123456789abcdefghijklmnopqrstu")]
    [InlineData("xoxb-123456789012-abcdefGHIJKL")]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX")]
    [InlineData("gsk_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc==\n-----END RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA and never ended")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\nabc\n-----END PGP PRIVATE KEY BLOCK-----")]
    [InlineData("123456789:AAabcdefghijklmnopqrstuvwxyz0123456")]
    public void Keys_are_found_by_their_beginnings(string key) =>
        Holds(
            SensitiveKind.Key,
            key,
            ["abcdef", "0123", "MIIE", "IOSFODNN", "Zm9v", "XXXX", "abc", "dozj", "hbGci", "wJal", "AIza", "xoxb"]
        );

    [Theory]
    [InlineData("api_key=d41d8cd98f00b204e9800998ecf8427e", "api_key=[key]")]
    [InlineData("API-KEY: \"d41d8cd98f00b204\"", "API-KEY: \"[key]\"")]
    [InlineData("AccountKey=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ==", "AccountKey=[key]")]
    [InlineData("client_secret = 'Zx81-kjQ2.pLm93_vbT7yR'", "client_secret = '[key]'")]
    [InlineData("?access_token=550e8400-e29b-41d4-a716-446655440000&x=1", "?access_token=[key]&x=1")]
    [InlineData("Authorization: Bearer 9f8e7d6c5b4a39281706abcd", "Authorization: Bearer [key]")]
    [InlineData("password: hunter2", "password: [key]")]
    [InlineData("the password is pa$sword!", "the password is [key]")]
    [InlineData("pwd=Tr0ub4dor&3", "pwd=[key]")]
    [InlineData("postgres://admin:s3cret@db.example/x", "postgres://[key]/x")]
    public void What_looks_random_behind_a_word_for_a_secret_is_a_key(string note, string redacted) =>
        Assert.Equal(redacted, Scan.Redact(note).Text);

    [Theory]
    [InlineData("+49 30 1234567")]
    [InlineData("+49 (0)30 123456-0")]
    [InlineData("+491711234567")]
    [InlineData("+1 415 555 2671")]
    [InlineData("+1-415-555-2671")]
    [InlineData("+1.4155552671")]
    [InlineData("+44 20 7946 0958")]
    [InlineData("0049 171 1234567")]
    [InlineData("00491711234567")]
    [InlineData("(415) 555-2671")]
    [InlineData("415-555-2671")]
    [InlineData("415.555.2671")]
    [InlineData("415 555 2671")]
    [InlineData("1-800-555-0199")]
    [InlineData("030 1234567")]
    [InlineData("030-1234567")]
    [InlineData("0171/1234567")]
    [InlineData("(030) 1234567")]
    [InlineData("020 7946 0958")]
    [InlineData("06 12 34 56 78")]
    [InlineData("06.12.34.56.78")]
    [InlineData("0612345678")]
    [InlineData("02 9876 5432")]
    [InlineData("090-1234-5678")]
    [InlineData("(11) 91234-5678")]
    [InlineData("8 (495) 123-45-67")]
    [InlineData("138 0013 8000")]
    [InlineData("phone 4155552671")]
    [InlineData("Tel.: 1234567")]
    [InlineData("Handy Nr. 612 345 678")]
    [InlineData("\u0664\u0661\u0665-\u0665\u0665\u0665-\u0662\u0666\u0667\u0661")]
    [InlineData("+49\u00A030\u20111234567")]
    [InlineData("\uFF0B\uFF14\uFF19 30 1234567")]
    public void Telephone_numbers_are_found_however_they_are_grouped(string number)
    {
        var redaction = Holds(SensitiveKind.Phone, number, []);
        Assert.DoesNotContain(redaction.Text, char.IsDigit);
    }

    [Theory]
    [InlineData("As Ann Smith said", "As [grader] said")]
    [InlineData("ANN SMITH", "[grader]")]
    [InlineData("ann smith, ann-smith, ann_smith and annsmith", "[grader], [grader], [grader] and [grader]")]
    [InlineData("Smith, Ann", "[grader]")]
    [InlineData("AnnSmith", "[grader]")]
    [InlineData("Ann's view", "[grader]'s view")]
    [InlineData("@ann-smith please look", "@[grader] please look")]
    [InlineData("Bob and BOB, (bob)", "[grader] and [grader], ([grader])")]
    [InlineData("asked Jose Garcia and JOSÉ GARCÍA", "asked [grader] and [grader]")]
    [InlineData("Jose\u0301 Garci\u0301a", "[grader]")]
    [InlineData("Juergen, JÜRGEN GROSS", "Juergen, [grader]")]
    [InlineData("Garc\u00ADía too", "[grader] too")]
    [InlineData("我问了王小明吗", "我问了[grader]吗")]
    [InlineData("김민수가 말했다", "[grader]가 말했다")]
    [InlineData("мария иванова", "[grader]")]
    [InlineData("Fox by ej-fox", "Fox by [grader]")]
    public void Graders_are_found_by_whole_words_in_any_case_and_with_or_without_accents(string note, string redacted) =>
        Assert.Equal(redacted, Scan.Redact(note).Text);

    [Theory]
    [InlineData("")]
    [InlineData("Works but misses the legend; 3.5 of 5.")]
    [InlineData("Scores 4/5, 3/5 and 0 1 2 3 4 5 5 4 3 2 1 0.")]
    [InlineData("Seen on 2025-06-03 at 10:15:30, and 2025-06-03T10:15:30Z, 03.06.2025, 03/06/2025, 6/3/25 and 03.06.2025 10:15.")]
    [InlineData("On 03.06.2025 100 rows, graded 01.02.2025 2025, 03-06-2025 1200 of them, 03/25/2025 1200.")]
    [InlineData("react@18.2.0-rc.beta, vega@v5.20.0-alpha.next")]
    [InlineData("From 1990-2020, 2019 2020 2021 2022, 1990–2020.")]
    [InlineData("d3@7.8.5, react@18.2.0, vega-lite@5.x, 1.2.3-rc.4, v10.15.7, https://cdn.example/npm/d3@7/dist/d3.min.js")]
    [InlineData("icon@2x.png and @media (max-width: 600px), @app.route")]
    [InlineData("#123456 #00112233 #fff0 rgb(255, 128, 0) 0x1234567890")]
    [InlineData("0.123456789, -122.4194, 37.7749, 3.14159265358979, 1e-10, +3.14159265, 99.99%")]
    [InlineData("1,234,567 rows, 10 000 000 bytes, 1000000, 1718000000, 1718000000000 ms")]
    [InlineData("Ticks at 05 10 15 20 25 30 and 01 02 03 04 05, 100 200 3000.")]
    [InlineData("viewBox=\"0 0 960 600\" d=\"M0 10 20 30 40 50L100,200.5\" 1920x1080 192.168.0.1 127.0.0.1:8080")]
    [InlineData("Output 0123456789ab of commit da39a3ee5e6b4b0d3255bfef95601890afd80709.")]
    [InlineData("sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("key=functionality-and-aesthetics, token: https, the key is the legend, password is required")]
    [InlineData("class sk-some-long-name-of-a-class and task-management-dashboard-view")]
    [InlineData("Look at the dot in the middle, at example.com; point at the dot.")]
    [InlineData("bobbin, Bobby, annotation, smithy, an x axis, smith and garcia in lower case, foxes")]
    [InlineData("The stacked bars (415 of them) need 555 px; 2671 rows; ISBN 978-3-16-148410-0.")]
    [InlineData("Größe, naïve, 中文, 😀👩‍💻, \u0000, \uD800, e\u0301")]
    [InlineData("background: url(data:image/png;base64,iVBORw0KGgo=)")]
    public void Innocent_notes_stay_as_they_are(string note)
    {
        var redaction = Scan.Redact(note);
        Assert.Equal(note, redaction.Text);
        Assert.Empty(redaction.Found);
        Assert.Equal(0, redaction.Places);
    }

    [Fact]
    public void What_was_found_is_counted_by_kind_and_the_rest_stands_unchanged()
    {
        var redaction = Scan.Redact(
            "Größe ok. Mail ann@example.com or bob@example.org, +49 30 1234567; bob’s key: ghp_abcdefghijklmnopqrstuvwxyz0123456789 😀"
        );
        Assert.Equal("Größe ok. Mail [email] or [email], [phone]; [grader]’s key: [key] 😀", redaction.Text);
        Assert.Equal(
            [(SensitiveKind.Key, 1), (SensitiveKind.Email, 2), (SensitiveKind.Phone, 1), (SensitiveKind.Grader, 1)],
            redaction.Found.OrderBy(f => f.Key).Select(f => (f.Key, f.Value))
        );
        Assert.Equal(5, redaction.Places);
    }

    [Fact]
    public void A_number_right_after_a_date_is_found() =>
        Assert.Equal("03.06.2025 [phone]", Scan.Redact("03.06.2025 030 1234567").Text);

    [Fact]
    public void Without_graders_names_stay() => Assert.Equal("Ann Smith", new SensitiveText([]).Redact("Ann Smith").Text);

    [Theory]
    [InlineData("a")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("a@a-a-a-a-a.")]
    [InlineData("@")]
    [InlineData("a at ")]
    [InlineData("a at a dot ")]
    [InlineData(" [at] ")]
    [InlineData("eyJ")]
    [InlineData("eyJaaaaaaaa.")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN ")]
    [InlineData("sk-")]
    [InlineData("key=")]
    [InlineData("key=a1")]
    [InlineData("password is ")]
    [InlineData("://a:")]
    [InlineData("+1 ")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("01 ./")]
    [InlineData("(")]
    [InlineData("1-")]
    [InlineData("(12) 123-")]
    [InlineData("tel no no ")]
    [InlineData("ann ")]
    [InlineData("ann-")]
    [InlineData("王小")]
    [InlineData("é\u0301")]
    [InlineData("\u200B")]
    [InlineData(" ")]
    public void A_hostile_note_of_a_megabyte_does_not_hang_it(string unit)
    {
        var note = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        var started = Stopwatch.GetTimestamp();
        Scan.Redact(note);
        Assert.True(
            Stopwatch.GetElapsedTime(started).TotalSeconds < 20,
            $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"
        );
    }

    private static Redaction Holds(SensitiveKind kind, string secret, string[] traces)
    {
        foreach (
            var note in new[]
            {
                secret,
                $"Ask {secret} about it.",
                $"({secret})",
                $"see: {secret}, please",
                $"one\n{secret}\ntwo",
            }
        )
        {
            var redaction = Scan.Redact(note);
            Assert.True(redaction.Found.ContainsKey(kind), $"{note} → {redaction.Text}");
            foreach (var trace in traces)
                Assert.DoesNotContain(trace, redaction.Text, StringComparison.OrdinalIgnoreCase);
        }
        return Scan.Redact(secret);
    }

    [Fact]
    public void A_grader_is_known_by_addresses_too()
    {
        var grader = Grader.Unlisted(GraderId.Parse("g7")) with { Emails = ["b.lovelace@lab", "ab@lab"] };
        var scan = SensitiveText.Of([grader]);

        Assert.Equal("[grader] liked it", scan.Redact("B.Lovelace liked it").Text);
        Assert.Equal("[grader] did", scan.Redact("b.lovelace@lab did").Text);
        Assert.Equal("ab testing", scan.Redact("ab testing").Text);
        Assert.Equal("Write to [email]. Then [email]. Is it", scan.Redact("Write to a@x.com. Then b@y.org. Is it").Text);
    }
}
