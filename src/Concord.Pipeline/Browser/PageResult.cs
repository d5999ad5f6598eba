namespace Concord.Pipeline.Browser;

/// <summary>What became of a page.</summary>
public sealed record PageResult
{
    /// <summary>Why there is no picture: one sentence; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether the browser should not be used again.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Whether the failure is the page's own doing: what else ran on the machine had no part in it.</summary>
    public bool IsItsOwn { get; init; }

    /// <summary>Whether something was waited for in vain: on a machine less busy the page might look different.</summary>
    public bool IsHurried { get; init; }

    /// <summary>The picture, a PNG of the viewport; null where drawing failed.</summary>
    public byte[]? Screenshot { get; init; }

    /// <summary>Uncaught errors, the first line of each, in their order.</summary>
    public IReadOnlyList<string> PageErrors { get; init; } = [];

    /// <summary>What the page wrote with console.error, in its order.</summary>
    public IReadOnlyList<string> ConsoleErrors { get; init; } = [];

    /// <summary>Requests that were refused because they led away, sorted.</summary>
    public IReadOnlyList<string> Blocked { get; init; } = [];

    /// <summary>Own files that were asked for and are not there, sorted.</summary>
    public IReadOnlyList<string> MissingFiles { get; init; } = [];

    /// <summary>Dialogs, pop-ups, downloads and navigations that were stopped, sorted.</summary>
    public IReadOnlyList<string> Stopped { get; init; } = [];

    /// <summary>Whether the readiness selector matched; null where there is none.</summary>
    public bool? IsReady { get; init; }

    /// <summary>The page's size; null where it could not be measured.</summary>
    public PageMeasure? Measure { get; init; }

    /// <summary>What axe-core found: rules with the number of elements; null where it was not run.</summary>
    public IReadOnlyList<string>? AuditFindings { get; init; }
}

/// <summary>A drawn page, measured.</summary>
/// <param name="Width">The width of the whole document in CSS pixels.</param>
/// <param name="Height">The height of the whole document in CSS pixels.</param>
/// <param name="CutTexts">How many texts lie partly outside the page or outside their own drawing.</param>
/// <param name="CutExamples">A few of them.</param>
public sealed record PageMeasure(double Width, double Height, int CutTexts, IReadOnlyList<string> CutExamples);
