namespace Concord.Pipeline.Models;

/// <summary>What else is pointless after a failure.</summary>
internal enum FailureScope
{
    /// <summary>Only this request failed.</summary>
    Request,

    /// <summary>Every request to this model will.</summary>
    Model,

    /// <summary>Every request to this provider will.</summary>
    Provider,
}

/// <summary>Why a request got no reply.</summary>
/// <param name="Kind">The reason in one word.</param>
/// <param name="What">What happened: one sentence.</param>
/// <param name="Mend">What the user can do: one sentence.</param>
/// <param name="CanRetry">Whether asking once more may help.</param>
internal sealed record ModelFailure(FailureKind Kind, string What, string Mend, bool CanRetry)
{
    public FailureScope Scope { get; init; }

    /// <summary>How long the provider asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many characters of a reply had come; null where none was begun, and so nothing is charged.</summary>
    public long? Received { get; init; }

    public override string ToString() => $"{What} {Mend}".TrimEnd();
}

/// <summary>A request got no reply.</summary>
internal sealed class ModelException(ModelFailure failure) : Exception(failure.ToString())
{
    public ModelFailure Failure { get; } = failure;
}
