namespace Concord.Pipeline.Exporting;

/// <summary>The shapes of a preference dataset.</summary>
public enum ExportFormat
{
    /// <summary>TRL's standard format: prompt, chosen and rejected are strings.</summary>
    Trl,

    /// <summary>TRL's conversational format: each is a list of messages.</summary>
    TrlConversational,
}
