using System.Text;

namespace Concord.Core.Domain.Privacy;

/// <summary>
/// Finds and replaces what a grader's note should not tell: keys, e-mail addresses, telephone numbers and names of graders. Of what is doubtful rather too much is taken than
/// too little, but a scan is no promise: people write what no rule knows. The time is linear in the text.
/// </summary>
/// <param name="names">Ids, names and logins of graders, to be found as whole words in any case and with or without accents; one of a single letter is not looked for.</param>
public sealed class SensitiveText(IEnumerable<string> names)
{
    private const int ShortestLocalPart = 3;

    private readonly GraderNames graders = new(names);

    /// <summary>Knows graders by their ids, names, logins and e-mail addresses, of these also what stands before the @ where it has three letters or more.</summary>
    /// <param name="graders">The graders.</param>
    /// <returns>The scan.</returns>
    public static SensitiveText Of(IEnumerable<Grader> graders) =>
        new(graders.SelectMany(g => (string[])[g.Id.Value, g.Name, g.Github ?? "", .. g.Emails, .. g.Emails.Select(LocalPart)]));

    // Whoever is ada.lovelace in an address is so in a note, too; of two letters anything may be meant.
    private static string LocalPart(string address)
    {
        var local = address.Split('@')[0];
        return local.Count(char.IsLetter) >= ShortestLocalPart ? local : "";
    }

    /// <summary>Replaces every place by its kind in brackets; of places that overlap the first kind of <see cref="SensitiveKind"/> is told for all.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text, the same where nothing was found, with what was found.</returns>
    public Redaction Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var symbols = ReadableText.OfSymbols(text);
        var spans = Joined(
            SecretKeys.In(symbols).Concat(EmailAddresses.In(symbols)).Concat(PhoneNumbers.In(symbols)).Concat(graders.In(text))
        );
        var redacted = new StringBuilder(text.Length);
        var from = 0;
        foreach (var span in spans)
        {
            redacted.Append(text, from, span.Start - from).Append('[').Append(Names.Of(span.Kind)).Append(']');
            from = span.End;
        }
        redacted.Append(text, from, text.Length - from);
        return new(redacted.ToString(), spans.CountBy(s => s.Kind).ToDictionary());
    }

    private static List<SensitiveSpan> Joined(IEnumerable<SensitiveSpan> spans)
    {
        var joined = new List<SensitiveSpan>();
        foreach (var span in spans.OrderBy(s => s.Start).ThenByDescending(s => s.End))
        {
            if (joined.Count == 0 || span.Start >= joined[^1].End)
                joined.Add(span);
            else
                joined[^1] = new(
                    joined[^1].Start,
                    Math.Max(joined[^1].End, span.End),
                    (SensitiveKind)Math.Min((int)joined[^1].Kind, (int)span.Kind)
                );
        }
        return joined;
    }
}
