using System.Text.Json.Serialization;

namespace Concord.Pipeline.Hub;

/// <summary>The branches and tags of a dataset.</summary>
internal sealed record RefList
{
    public IReadOnlyList<NamedRef> Tags { get; init; } = [];
}

internal sealed record NamedRef(string Name, [property: JsonConverter(typeof(GitId))] string TargetCommit);

internal sealed record NewTag(string Tag);

internal sealed record NewBranch(string StartingPoint);
