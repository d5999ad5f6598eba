using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Concord.Tests.Pushing;

/// <summary>A request that the fake got, and what it answered.</summary>
/// <param name="Method">HTTP's.</param>
/// <param name="Path">As it was sent, escapes and all, without the query.</param>
/// <param name="Query">With its question mark; empty where there is none.</param>
/// <param name="IsStore">Whether it came to the store and not to the Hub.</param>
internal sealed record HubCall(string Method, string Path, string Query, bool IsStore)
{
    public byte[] Body { get; set; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public int Status { get; set; }

    public string Answer { get; set; } = "";

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Text)!;

    public IReadOnlyList<JsonElement> Lines =>
        [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    public bool Is(string method, string part) => Method == method && Path.Contains(part, StringComparison.Ordinal);

    public bool IsCommit => Is("POST", "/commit/");

    public bool IsBatch => Is("POST", "/info/lfs/objects/batch");

    public override string ToString() => $"{Method} {Path}{Query}";
}

/// <summary>Something that goes wrong with the calls it is for.</summary>
/// <param name="IsFor">Which.</param>
/// <param name="Send">What is sent instead; null where the call is carried out.</param>
internal sealed record HubFault(Func<HubCall, bool> IsFor, Func<HttpContext, Task>? Send)
{
    /// <summary>Whether the call is carried out all the same, and only its answer lost.</summary>
    public bool AfterDoing { get; init; }

    /// <summary>Whether the body is left unread.</summary>
    public bool BeforeBody { get; init; }

    /// <summary>What happens before it is carried out.</summary>
    public Action Before { get; init; } = () => { };

    public int Times { get; set; } = 1;
}
