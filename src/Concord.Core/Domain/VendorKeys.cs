namespace Concord.Core.Domain;

/// <summary>Whose key a well-known environment variable holds. A workspace names the variable and the address, and may be somebody else's.</summary>
public static class VendorKeys
{
    private static readonly Dictionary<string, string> Hosts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ANTHROPIC_API_KEY"] = "api.anthropic.com",
        ["DEEPSEEK_API_KEY"] = "api.deepseek.com",
        ["GEMINI_API_KEY"] = "generativelanguage.googleapis.com",
        ["GH_TOKEN"] = "models.github.ai",
        ["GITHUB_TOKEN"] = "models.github.ai",
        ["GOOGLE_API_KEY"] = "generativelanguage.googleapis.com",
        ["GROQ_API_KEY"] = "api.groq.com",
        ["HF_TOKEN"] = "router.huggingface.co",
        ["MISTRAL_API_KEY"] = "api.mistral.ai",
        ["OPENAI_API_KEY"] = "api.openai.com",
        ["OPENROUTER_API_KEY"] = "openrouter.ai",
        ["XAI_API_KEY"] = "api.x.ai",
    };

    private static readonly string[] Others = ["CI_JOB_TOKEN", "DATABASE_URL", "NODE_AUTH_TOKEN", "NPM_TOKEN", "NUGET_API_KEY"];
    private static readonly string[] Beginnings = ["ACTIONS_", "AWS_"];
    private static readonly string[] Ends = ["_PASSWORD", "_PRIVATE_KEY", "_SECRET"];

    /// <summary>What is wrong with sending a variable's value to an address.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="address">The address.</param>
    /// <returns>A sentence; null where nothing is known against it. This machine may have any key.</returns>
    public static string? Mistake(string variable, Uri address)
    {
        if (address.IsLoopback)
            return null;
        if (Hosts.TryGetValue(variable, out var host))
            return Belongs(address.IdnHost, host)
                ? null
                : $"{variable} is the name of a key for {host}, and would be sent to {address.IdnHost}.";
        return
            Others.Contains(variable, StringComparer.OrdinalIgnoreCase)
            || Beginnings.Any(b => variable.StartsWith(b, StringComparison.OrdinalIgnoreCase))
            || Ends.Any(e => variable.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            ? $"{variable} is the name of a secret that is no model provider's, and would be sent to {address.IdnHost}."
            : null;
    }

    private static bool Belongs(string asked, string host) =>
        asked.Equals(host, StringComparison.OrdinalIgnoreCase) || asked.EndsWith("." + host, StringComparison.OrdinalIgnoreCase);
}
