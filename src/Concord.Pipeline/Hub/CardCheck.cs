namespace Concord.Pipeline.Hub;

/// <summary>Asks whether the Hub takes a README.md.</summary>
internal sealed record CardCheck(string Content, string RepoType);

internal sealed record CardVerdict
{
    public IReadOnlyList<CardRemark> Errors { get; init; } = [];
    public IReadOnlyList<CardRemark> Warnings { get; init; } = [];
}

internal sealed record CardRemark(string Message);
