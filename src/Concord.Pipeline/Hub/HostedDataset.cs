using System.Text.Json.Serialization;

namespace Concord.Pipeline.Hub;

/// <summary>A dataset on the Hub.</summary>
/// <param name="Id">As <c>owner/name</c>.</param>
internal sealed record HostedDataset(string Id)
{
    /// <summary>The head of its main branch; null where nothing was ever committed.</summary>
    [JsonConverter(typeof(GitId))]
    public string? Sha { get; init; }
    public bool? Private { get; init; }
}

internal sealed record NewDataset(string Name, string Organization, string Type)
{
    /// <summary>Null for what the owner's settings say.</summary>
    public string? Visibility { get; init; }
}

/// <summary>An entry of a commit's tree.</summary>
/// <param name="Type"><c>file</c> or <c>directory</c>.</param>
/// <param name="Path">From the root, with <c>/</c>.</param>
/// <param name="Oid">Git's name of the blob; of a large file's that of its pointer.</param>
internal sealed record HostedFile(string Type, string Path, [property: JsonConverter(typeof(GitId))] string Oid)
{
    public long Size { get; init; }

    /// <summary>What is behind the pointer; null for a regular file.</summary>
    public LfsPointer? Lfs { get; init; }

    public bool IsFile => Type == "file";

    /// <summary>Whether it has these contents.</summary>
    public bool Is(LocalFile file) => IsFile && (Lfs is null ? Oid == file.BlobId : Lfs.Oid == file.Sha256);
}

/// <param name="Oid">SHA-256 of the contents.</param>
internal sealed record LfsPointer(string Oid);
