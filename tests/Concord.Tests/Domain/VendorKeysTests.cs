using Concord.Core.Domain;

namespace Concord.Tests.Domain;

public sealed class VendorKeysTests
{
    [Theory]
    [InlineData("OPENAI_API_KEY", "https://api.openai.com/v1")]
    [InlineData("OPENAI_API_KEY", "https://eu.api.openai.com/v1")]
    [InlineData("OPENAI_API_KEY", "http://127.0.0.1:4000/v1")]
    [InlineData("GITHUB_TOKEN", "https://models.github.ai/inference")]
    [InlineData("MY_PROXY_KEY", "https://proxy.example/v1")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "http://localhost:4000/v1")]
    public void A_key_may_go_to_its_vendor_to_this_machine_and_under_a_name_of_ones_own_anywhere(
        string variable,
        string address
    ) => Assert.Null(VendorKeys.Mistake(variable, new(address)));

    [Theory]
    [InlineData("OPENAI_API_KEY", "https://evil.example/v1")]
    [InlineData("OPENAI_API_KEY", "https://api.openai.com.evil.example/v1")]
    [InlineData("OPENAI_API_KEY", "https://evilapi.openai.com/v1")]
    [InlineData("OPENAI_API_KEY", "https://evil.example/api.openai.com")]
    [InlineData("OPENAI_API_KEY", "https://api.оpenai.com/v1")] // A Cyrillic o.
    [InlineData("openai_api_key", "https://evil.example/v1")] // One variable on Windows.
    [InlineData("ANTHROPIC_API_KEY", "https://openrouter.ai/api/v1")]
    [InlineData("GITHUB_TOKEN", "https://evil.example/v1")]
    [InlineData("AWS_SESSION_TOKEN", "https://api.openai.com/v1")]
    [InlineData("ACTIONS_RUNTIME_TOKEN", "https://evil.example/v1")]
    [InlineData("NPM_TOKEN", "https://evil.example/v1")]
    [InlineData("AZURE_CLIENT_SECRET", "https://evil.example/v1")]
    public void Another_host_is_told(string variable, string address) =>
        Assert.Contains(new Uri(address).IdnHost, VendorKeys.Mistake(variable, new(address)), StringComparison.Ordinal);
}
