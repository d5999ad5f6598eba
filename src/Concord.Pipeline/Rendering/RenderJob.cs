using System.Text.Json;
using System.Text.Json.Serialization;
using Concord.Pipeline.Browser;

namespace Concord.Pipeline.Rendering;

/// <summary>What the parent asks a worker to draw: one line of JSON.</summary>
/// <param name="Id">Names it in the answer.</param>
/// <param name="Workspace">The workspace's folder, for its libraries.</param>
/// <param name="Files">The folder of the output's files.</param>
/// <param name="Order">The page.</param>
/// <param name="Audits">Whether the page is audited, where axe-core is installed.</param>
internal sealed record RenderJob(int Id, string Workspace, string Files, PageOrder Order, bool Audits);

/// <summary>What a worker answers: one line of JSON.</summary>
/// <param name="Id">The job's.</param>
/// <param name="Result">What became of the page.</param>
/// <param name="Libraries">Libraries that it was served.</param>
/// <param name="MissingLibraries">Libraries that it asked for and that are not there.</param>
/// <param name="Drawn">The share of pixels that are not background, 0 to 1; null where there is no picture.</param>
internal sealed record RenderReply(
    int Id,
    PageResult Result,
    IReadOnlyList<string> Libraries,
    IReadOnlyList<string> MissingLibraries,
    double? Drawn
)
{
    /// <summary>Whether what ran beside the page may have changed what became of it.</summary>
    [JsonIgnore]
    public bool IsDoubtful => Result.Failure is null ? Result.IsHurried : !Result.IsItsOwn;

    /// <summary>A page that ended without the worker's answer.</summary>
    public static RenderReply Failed(string reason) => new(0, new() { Failure = reason, IsBroken = true }, [], [], null);
}

/// <summary>The lines between the parent and a worker.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(RenderJob))]
[JsonSerializable(typeof(RenderReply))]
internal sealed partial class RenderLines : JsonSerializerContext
{
    public static string Write(RenderJob job) => JsonSerializer.Serialize(job, Default.RenderJob);

    public static string Write(RenderReply reply) => JsonSerializer.Serialize(reply, Default.RenderReply);

    public static RenderJob ReadJob(string line) => JsonSerializer.Deserialize(line, Default.RenderJob)!;

    public static RenderReply ReadReply(string line) => JsonSerializer.Deserialize(line, Default.RenderReply)!;
}
