using System.Text.Json.Serialization;

namespace Concord.Pipeline.Hub;

/// <summary>Asks how files would be kept.</summary>
internal sealed record PreuploadRequest(IReadOnlyList<PreuploadFile> Files);

/// <param name="Sample">Its first 512 bytes, by which text is told from other things.</param>
internal sealed record PreuploadFile(string Path, byte[] Sample, long Size);

internal sealed record PreuploadAnswer(IReadOnlyList<PreuploadMode> Files);

/// <param name="UploadMode"><c>lfs</c> or <c>regular</c>.</param>
internal sealed record PreuploadMode(string Path, string UploadMode)
{
    /// <summary>Whether the dataset's .gitignore leaves it out.</summary>
    public bool ShouldIgnore { get; init; }

    [JsonIgnore]
    public bool IsLfs => UploadMode == "lfs";
}
