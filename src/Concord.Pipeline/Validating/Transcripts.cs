namespace Concord.Pipeline.Validating;

/// <summary>Anthropic's transcripts: turns in one text, each begun by two line feeds and who speaks.</summary>
internal static class Transcripts
{
    public const string Human = "\n\nHuman:";
    public const string Assistant = "\n\nAssistant:";

    /// <summary>Whether a text is one, from the person to the assistant.</summary>
    public static bool Check(string text, string column, Findings findings)
    {
        if (!text.StartsWith(Human, StringComparison.Ordinal))
        {
            Say(findings, $"'{column}' does not begin with two line feeds and 'Human:'.", "Begin with what is asked.");
            return false;
        }
        var last = text.LastIndexOf(Assistant, StringComparison.Ordinal);
        if (last < 0 || text.LastIndexOf(Human, StringComparison.Ordinal) > last)
        {
            Say(findings, $"'{column}' does not end with a turn of the assistant.", "End with the reply.");
            return false;
        }
        Conversations.CheckText(text[(last + Assistant.Length)..], column, findings);
        // What is between two turns of one speaker is a turn that is missing.
        var human = true;
        for (var at = 0; at >= 0; )
        {
            var next = Next(text, at + 1);
            if (next >= 0 && text.AsSpan(next).StartsWith(Human) == human)
            {
                Say(findings, $"In '{column}' the same one speaks twice in a row.", "Let the two take turns.");
                return false;
            }
            human = !human;
            at = next;
        }
        return true;
    }

    /// <summary>Whether both are the same up to the last reply.</summary>
    public static void CheckSame(string chosen, string rejected, Findings findings)
    {
        if (!chosen.AsSpan(0, ReplyAt(chosen)).SequenceEqual(rejected.AsSpan(0, ReplyAt(rejected))))
            findings.Error(
                "prompts-differ",
                "'chosen' and 'rejected' differ before their last turn.",
                "Let both begin with the same turns; only the last is compared."
            );
    }

    /// <summary>Where the last reply begins; 0 where there is none.</summary>
    public static int ReplyAt(string text) =>
        text.LastIndexOf(Assistant, StringComparison.Ordinal) is var at and >= 0 ? at + Assistant.Length : 0;

    private static int Next(string text, int from)
    {
        var (human, assistant) = (
            text.IndexOf(Human, from, StringComparison.Ordinal),
            text.IndexOf(Assistant, from, StringComparison.Ordinal)
        );
        return human < 0 ? assistant
            : assistant < 0 ? human
            : Math.Min(human, assistant);
    }

    private static void Say(Findings findings, string what, string mend) => findings.Error("transcript", what, mend);
}
