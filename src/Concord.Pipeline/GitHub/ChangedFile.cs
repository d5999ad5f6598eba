namespace Concord.Pipeline.GitHub;

/// <summary>A file that a pull request changes.</summary>
/// <param name="Filename">Its path.</param>
/// <param name="Status"><c>added</c>, <c>removed</c>, <c>modified</c>, <c>renamed</c>, <c>copied</c>, <c>changed</c> or <c>unchanged</c>.</param>
internal sealed record ChangedFile(string Filename, string Status)
{
    /// <summary>The blob's id; null where there is none.</summary>
    public string? Sha { get; init; }
    public int Additions { get; init; }
    public int Deletions { get; init; }

    /// <summary>Where it was before it was renamed.</summary>
    public string? PreviousFilename { get; init; }

    /// <summary>Null for what is binary or large.</summary>
    public string? Patch { get; init; }
}
