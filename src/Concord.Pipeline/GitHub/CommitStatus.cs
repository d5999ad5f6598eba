namespace Concord.Pipeline.GitHub;

/// <summary>How a check went.</summary>
internal enum CommitState
{
    Pending,
    Success,
    Failure,
    Error,
}

/// <summary>The line beside a commit.</summary>
/// <param name="State">How it went.</param>
/// <param name="Context">Whose line: the last one of a context counts.</param>
/// <param name="Description">One line; what is too long is cut.</param>
internal sealed record CommitStatus(CommitState State, string Context, string Description)
{
    /// <summary>Where to read more; null for nowhere.</summary>
    public Uri? Target { get; init; }
}

internal sealed record StatusBody(string State, string Context, string Description)
{
    public string? TargetUrl { get; init; }

    public static StatusBody Of(CommitStatus status) =>
        new(
            status.State switch
            {
                CommitState.Pending => "pending",
                CommitState.Success => "success",
                CommitState.Failure => "failure",
                CommitState.Error => "error",
                _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, null),
            },
            status.Context,
            BodyText.FittedStatus(status.Description)
        )
        {
            TargetUrl = status.Target?.AbsoluteUri,
        };
}
