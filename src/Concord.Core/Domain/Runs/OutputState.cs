namespace Concord.Core.Domain.Runs;

/// <summary>How an output stands before a run.</summary>
public enum OutputState
{
    /// <summary>There is none: to ask.</summary>
    Missing,

    /// <summary>There is one, of the challenge as it is now.</summary>
    Done,

    /// <summary>The model was asked and failed: a result, which counts.</summary>
    Failed,

    /// <summary>There is one, and its challenge has changed since: to ask again.</summary>
    Outdated,

    /// <summary>There is one that no run made, by hand or by an import: left alone.</summary>
    Kept,
}
