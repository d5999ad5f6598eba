namespace Concord.Core.Domain;

/// <summary>How a provider is spoken to.</summary>
public enum ProviderApi
{
    /// <summary>OpenAI's chat completions, which most others understand too.</summary>
    Chat,

    /// <summary>Anthropic's Messages API.</summary>
    Messages,
}
