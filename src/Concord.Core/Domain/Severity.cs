namespace Concord.Core.Domain;

/// <summary>How much a <see cref="Problem"/> matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing to mend.</summary>
    Notice,

    /// <summary>The numbers can be computed, but somebody should look.</summary>
    Warning,

    /// <summary>The data cannot be used until it is mended.</summary>
    Error,
}
