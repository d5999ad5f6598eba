namespace Concord.Pipeline.GitHub;

/// <summary>A label.</summary>
/// <param name="Name">Its name; case makes no difference.</param>
internal sealed record Label(string Name)
{
    /// <summary>Six hexadecimal digits.</summary>
    public string? Color { get; init; }
    public string? Description { get; init; }
}

internal sealed record LabelNames(IReadOnlyList<string> Labels);
