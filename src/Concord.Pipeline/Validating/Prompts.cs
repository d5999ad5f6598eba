using System.Text.Json;

namespace Concord.Pipeline.Validating;

/// <summary>What TRL takes for the prompt, and what then happens to the replies.</summary>
internal static class Prompts
{
    private const int Shown = 30;

    /// <summary>Of texts without a prompt TRL takes the beginning that both share, whatever it is.</summary>
    /// <remarks>Source: TRL, <c>extract_prompt</c>.</remarks>
    public static void CheckImplicit(string chosen, string rejected, Findings findings)
    {
        var shared = chosen.AsSpan().CommonPrefixLength(rejected);
        if (shared == 0)
            findings.Error(
                "implicit-prompt",
                "There is no 'prompt', and the replies have no beginning in common that could be one.",
                "Add a column 'prompt'."
            );
        else
            findings.Warning(
                "implicit-prompt",
                $"There is no 'prompt': TRL takes the {shared} characters that both replies begin with, '{chosen[..Math.Min(shared, Shown)]}{(shared > Shown ? "…" : "")}'.",
                "Add a column 'prompt': replies may begin alike, too."
            );
    }

    /// <summary>Of conversations without a prompt TRL takes the messages that both begin with.</summary>
    public static void CheckImplicit(JsonElement chosen, JsonElement rejected, Findings findings)
    {
        Conversations.CheckSamePrompt(chosen, rejected, findings);
        findings.Warning(
            "implicit-prompt",
            $"There is no 'prompt': TRL takes the first {Conversations.Shared(chosen, rejected)} messages, which both have.",
            "Add a column 'prompt'."
        );
    }

    /// <summary>A reply that repeats what was asked is learnt so.</summary>
    public static void CheckRepeated(string prompt, JsonElement row, Findings findings, params ReadOnlySpan<string> columns)
    {
        var asked = prompt.Trim();
        foreach (var column in columns)
            if (asked.Length > 0 && row.GetProperty(column).GetString()!.AsSpan().TrimStart().StartsWith(asked))
                SayRepeated(column, findings);
    }

    /// <summary>The same of messages.</summary>
    public static void CheckRepeated(JsonElement prompt, JsonElement reply, string column, Findings findings)
    {
        var count = prompt.GetArrayLength();
        if (count > 0 && Conversations.Shared(prompt, reply) == count)
            SayRepeated(column, findings);
    }

    private static void SayRepeated(string column, Findings findings) =>
        findings.Error(
            "repeated-prompt",
            $"'{column}' begins with the prompt, which has its own column.",
            "Leave it out there: trainers put the two together."
        );
}
