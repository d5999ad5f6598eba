namespace Concord.Pipeline.Models;

/// <summary>Why a provider gave no reply.</summary>
public enum FailureKind
{
    /// <summary>Too many requests.</summary>
    RateLimited,

    /// <summary>No credit, no quota, or a spending limit reached.</summary>
    OutOfQuota,

    /// <summary>The key is wrong or missing.</summary>
    KeyRefused,

    /// <summary>The key may not do this, or a filter stands before the model.</summary>
    Forbidden,

    /// <summary>There is no such model, or no such address.</summary>
    NotFound,

    /// <summary>The request breaks the API's rules.</summary>
    BadRequest,

    /// <summary>The request is larger than the API or the model takes.</summary>
    TooLarge,

    /// <summary>Something is wrong at the provider.</summary>
    ServerError,

    /// <summary>The provider has too much to do.</summary>
    Overloaded,

    /// <summary>The connection ended before the reply did.</summary>
    CutOff,

    /// <summary>Nothing came for too long, or the whole took too long.</summary>
    TimedOut,

    /// <summary>What came is not what the API promises.</summary>
    NotUnderstood,

    /// <summary>No connection could be made.</summary>
    Unreachable,

    /// <summary>The address leads elsewhere.</summary>
    Redirected,

    /// <summary>The reply is longer than is taken.</summary>
    TooLong,
}
