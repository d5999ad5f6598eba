using System.Text.Json;

namespace Concord.Pipeline.Validating;

/// <summary>What trainers' chat templates ask of messages: who speaks when, and that something is said.</summary>
internal static class Conversations
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool"];

    /// <summary>What is asked: it ends with the person.</summary>
    public static void CheckPrompt(JsonElement messages, string column, Findings findings) =>
        Check(messages, column, findings, begins: "user", ends: "user");

    /// <summary>What is answered: one message of the assistant, or several turns that begin and end with it.</summary>
    public static void CheckReply(JsonElement messages, string column, Findings findings) =>
        Check(messages, column, findings, begins: "assistant", ends: "assistant");

    /// <summary>All of it: it begins with the person and ends with the assistant.</summary>
    public static void CheckWhole(JsonElement messages, string column, Findings findings) =>
        Check(messages, column, findings, begins: "user", ends: "assistant");

    /// <summary>A reply that is one message.</summary>
    public static void CheckMessage(JsonElement message, string column, Findings findings)
    {
        if (RoleOf(message) != "assistant")
            findings.Error(
                "role-order",
                $"'{column}' is a message of '{RoleOf(message)}'.",
                "A reply is a message of the assistant."
            );
        CheckText(ContentOf(message), column, findings);
    }

    /// <summary>Whether something is said.</summary>
    public static void CheckText(string text, string column, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(text))
            findings.Error("empty-content", $"'{column}' is empty.", "Leave the row out: nothing can be learnt from it.");
    }

    /// <summary>Whether two replies are different.</summary>
    public static void CheckDiffer(
        JsonElement chosen,
        JsonElement rejected,
        Findings findings,
        string a = "chosen",
        string b = "rejected"
    )
    {
        if (JsonElement.DeepEquals(chosen, rejected))
            findings.Error("equal-replies", $"'{a}' and '{b}' are the same.", "Leave the pair out: it prefers nothing.");
    }

    /// <summary>Whether two conversations are the same up to the last message, which is what is compared.</summary>
    public static void CheckSamePrompt(JsonElement chosen, JsonElement rejected, Findings findings)
    {
        var (a, b) = (chosen.GetArrayLength(), rejected.GetArrayLength());
        if (a == 0 || b == 0)
            return;
        if (a == b && Shared(chosen, rejected) >= a - 1)
            return;
        findings.Error(
            "prompts-differ",
            "'chosen' and 'rejected' differ before their last message.",
            "Let both begin with the same messages; only the last is compared."
        );
    }

    /// <summary>How many messages two conversations have in common at their beginning.</summary>
    public static int Shared(JsonElement a, JsonElement b)
    {
        var shared = 0;
        foreach (var (first, second) in a.EnumerateArray().Zip(b.EnumerateArray()))
        {
            if (!JsonElement.DeepEquals(first, second))
                break;
            shared++;
        }
        return shared;
    }

    public static string RoleOf(JsonElement message) => message.GetProperty("role").GetString()!;

    public static string ContentOf(JsonElement message) => message.GetProperty("content").GetString()!;

    private static void Check(JsonElement messages, string column, Findings findings, string begins, string ends)
    {
        if (messages.GetArrayLength() == 0)
        {
            findings.Error("empty-content", $"'{column}' has no messages.", "Leave the row out: nothing can be learnt from it.");
            return;
        }
        string? before = null;
        var usesTools = messages.EnumerateArray().Any(m => RoleOf(m) == "tool" || m.TryGetProperty("tool_calls", out _));
        foreach (var (i, message) in messages.EnumerateArray().Index())
        {
            var (role, place) = (RoleOf(message), $"{column}[{i}]");
            if (!usesTools)
                CheckText(ContentOf(message), place, findings);
            if (!Roles.Contains(role))
            {
                findings.Error("unknown-role", $"'{place}' is of the role '{role}'.", $"Name one of {string.Join(", ", Roles)}.");
                return;
            }
            if (role is "system" or "developer")
            {
                if (i > 0)
                {
                    findings.Error(
                        "role-order",
                        $"'{place}' is of the system, after others.",
                        "Put what the system says first, as one message."
                    );
                    return;
                }
                continue;
            }
            var wanted =
                before is null ? begins
                : before == "user" ? "assistant"
                : "user";
            if (role != wanted && !usesTools)
            {
                findings.Error(
                    "role-order",
                    $"'{place}' is of '{role}' where '{wanted}' comes {(before is null ? "first" : "next")}.",
                    "Let user and assistant take turns; join messages of the same one."
                );
                return;
            }
            before = role;
        }
        if (before != ends)
            findings.Error(
                "role-order",
                $"'{column}' ends with '{before ?? "system"}', not with '{ends}'.",
                ends == "user"
                    ? "Let it end with what is asked; the reply has its own column."
                    : "Let it end with the assistant's reply."
            );
    }
}
