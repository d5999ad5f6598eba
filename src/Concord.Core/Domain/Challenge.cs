namespace Concord.Core.Domain;

/// <summary>What kind of answer a challenge asks for.</summary>
public enum ChallengeKind
{
    /// <summary>A page that draws something.</summary>
    Visualization,

    /// <summary>Code that tests can run.</summary>
    Code,
}

/// <summary>The size at which an output is shown, in CSS pixels.</summary>
/// <param name="Width">The width, above 0.</param>
/// <param name="Height">The height, above 0.</param>
public readonly record struct Viewport(int Width, int Height);

/// <summary>A task that models are asked to do.</summary>
/// <param name="Id">The id, which is the folder's name.</param>
/// <param name="Title">The title for people.</param>
/// <param name="Kind">What kind of answer is asked for.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Suite">The place among the other challenges, such as <c>charts/time-series</c>; null where none.</param>
/// <param name="Viewport">The size to show outputs at.</param>
/// <param name="Ready">A CSS selector that matches once the page has drawn; null where none.</param>
/// <param name="TimeoutSeconds">How long a page may take to be ready.</param>
/// <param name="Checks">Names of automatic checks to run; may be empty.</param>
/// <param name="ProtectedFiles">Starter files that a reply must not replace.</param>
/// <param name="Sources">Where the data comes from.</param>
/// <param name="Prompt">The text of prompt.md.</param>
/// <param name="Digest">The fingerprint of the prompt and the starter files.</param>
public sealed record Challenge(
    ChallengeId Id,
    string Title,
    ChallengeKind Kind,
    IReadOnlyList<string> Tags,
    string? Suite,
    Viewport Viewport,
    string? Ready,
    double TimeoutSeconds,
    IReadOnlyList<string> Checks,
    IReadOnlyList<string> ProtectedFiles,
    IReadOnlyList<string> Sources,
    string Prompt,
    string Digest
)
{
    /// <summary>How many tests its checks run at least, all together; null where not said.</summary>
    public int? LeastTests { get; init; }
}
