namespace Concord.Pipeline.Pushing;

/// <summary>How a dataset is pushed.</summary>
/// <param name="Name">Where to, as <c>owner/name</c>.</param>
/// <param name="Folder">A dataset folder, in full.</param>
/// <param name="Version">Concord's, for the user agent.</param>
/// <param name="Variable">Reads a variable: HF_TOKEN and HF_ENDPOINT.</param>
/// <param name="Time">The clock, and waits.</param>
/// <param name="Say">Told of progress and waits.</param>
public sealed record PushOptions(
    string Name,
    string Folder,
    string Version,
    Func<string, string?> Variable,
    TimeProvider Time,
    Action<string> Say
)
{
    /// <summary>Whether a dataset that is not there yet is to be shown to nobody else.</summary>
    public bool Private { get; init; }

    /// <summary>Whether the change is proposed and not made.</summary>
    public bool AsPullRequest { get; init; }

    /// <summary>Whether it is only told what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>A tag for the commit; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>The commit's message; null for one of Concord's.</summary>
    public string? Message { get; init; }

    /// <summary>The branch; null for main.</summary>
    public string? Revision { get; init; }
}
