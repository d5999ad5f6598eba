using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Concord.Tests.GitHub;

/// <summary>A request that the fake got.</summary>
/// <param name="Operation">Which call it is.</param>
/// <param name="Method">HTTP's.</param>
/// <param name="Query">Its parameters.</param>
/// <param name="Body">Its JSON; null where it has none.</param>
/// <param name="Bytes">Its body.</param>
/// <param name="By">Whose token it came with.</param>
/// <param name="Repository">What it is for.</param>
internal sealed record FakeCall(
    GitHubOperation Operation,
    string Method,
    IReadOnlyDictionary<string, string> Query,
    JsonObject? Body,
    byte[] Bytes,
    FakeAccount? By,
    FakeRepository? Repository
)
{
    public string Id => Operation.Id;

    public string? ContentType { get; init; }

    /// <summary>Below the API, by the repository's name.</summary>
    public required string Path { get; init; }

    public string? Text(string name) => Body?[name]?.GetValue<string>();

    public bool Is(string name) => Body?[name]?.GetValue<bool>() == true;
}

/// <summary>An answer.</summary>
/// <param name="Status">HTTP's.</param>
/// <param name="Body">The document; null for none.</param>
internal sealed record FakeReply(int Status, JsonNode? Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? File { get; init; }
}

/// <summary>Something that goes wrong with the calls it is for.</summary>
/// <param name="IsFor">Which.</param>
/// <param name="Send">What is sent instead.</param>
internal sealed record FakeFault(Func<FakeCall, bool> IsFor, Func<HttpContext, Task> Send)
{
    /// <summary>Whether the call is carried out all the same, and only its answer lost.</summary>
    public bool AfterDoing { get; init; }

    public int Times { get; set; } = 1;
}
