namespace Concord.Core.Domain.Privacy;

/// <summary>What a note should not tell. Where two overlap, the first of these is told.</summary>
public enum SensitiveKind
{
    /// <summary>An API key, a token, a password or a private key.</summary>
    Key,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>The name or the id of a grader.</summary>
    Grader,
}
