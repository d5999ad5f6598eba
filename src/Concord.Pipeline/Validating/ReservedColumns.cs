namespace Concord.Pipeline.Validating;

/// <summary>Names of columns that switch a trainer or loader into another mode.</summary>
/// <remarks>Source: trl 1.10.0.dev0 (f2cd577), datasets 5.0.2.dev0 (b7cb10b), axolotl (067b021), LLaMA-Factory (ff6d4d1).</remarks>
internal static class ReservedColumns
{
    /// <summary>Never beside a preference.</summary>
    public static IReadOnlyList<string> Never { get; } =
    [
        "image",
        "images",
        "tools",
        "chat_template_kwargs",
        "messages",
        "completion",
        "label",
        "ref_chosen_logps",
        "ref_rejected_logps",
        "prompt_ids",
        "chosen_ids",
        "rejected_ids",
        "chosen_input_ids",
        "rejected_input_ids",
    ];

    /// <summary>Only where the reward trainer reads it.</summary>
    public static IReadOnlyList<string> OnlyReward { get; } = ["margin"];

    /// <summary>Columns that, together, loaders take for an agent's trace.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> AgentTraces { get; } =
    [
        ["id", "source", "model", "system_prompt", "messages"],
        ["type", "message"],
        ["type", "payload"],
        ["type", "id", "version", "cwd"],
    ];

    /// <summary>Checks columns that are new.</summary>
    public static void Check(TrainerFormat format, IReadOnlyList<string> columns, IReadOnlySet<string> all, Findings findings)
    {
        foreach (var column in columns)
            if (Never.Contains(column) && !format.Has(column))
                findings.Error(
                    "reserved-column",
                    $"A column named '{column}' switches trainers into another mode.",
                    "Give it another name, or leave it out."
                );
            else if (OnlyReward.Contains(column) && format.Name != "reward")
                findings.Error(
                    "reserved-column",
                    $"A column named '{column}' is read by the reward trainer, as its own.",
                    "Name it 'score_margin'."
                );
        foreach (var trace in AgentTraces)
            if (trace.All(all.Contains) && trace.Any(columns.Contains))
                findings.Error(
                    "agent-trace",
                    $"The columns {string.Join(", ", trace.Select(t => $"'{t}'"))} together are taken for an agent's trace.",
                    "Give one of them another name."
                );
    }
}
