namespace Concord.Pipeline.Exporting;

/// <summary>The shapes of a dataset, by who reads it.</summary>
public enum ExportFormat
{
    /// <summary>TRL's standard format: prompt, chosen and rejected are strings.</summary>
    Trl,

    /// <summary>TRL's conversational format with all the evidence beside it: each is a list of messages.</summary>
    TrlConversational,

    /// <summary>OpenAI's preference fine-tuning.</summary>
    OpenaiDpo,

    /// <summary>TRL's unpaired format: an output, and whether it is good.</summary>
    Kto,

    /// <summary>TRL's reward trainer: whole conversations and their margin.</summary>
    Reward,

    /// <summary>The columns of Argilla's cleaned UltraFeedback.</summary>
    Ultrafeedback,

    /// <summary>LLaMA-Factory's ShareGPT with ranking.</summary>
    LlamaFactory,

    /// <summary>Axolotl's <c>chat_template.default</c> for DPO.</summary>
    Axolotl,

    /// <summary>An output a row with every criterion, as HelpSteer2 has them.</summary>
    Ratings,

    /// <summary>NeMo RL's preference dataset: ranked completions of a context.</summary>
    NemoRl,

    /// <summary>Anthropic's two transcripts.</summary>
    Hh,

    /// <summary>The best output of each prompt, as messages.</summary>
    Sft,
}
