using System.Globalization;

namespace Concord.Pipeline.Browser;

/// <summary>What a page on its own origin gets for a path: the media type and the bytes; null where there is nothing.</summary>
/// <param name="path">The path, beginning with <c>/</c>, with its query.</param>
public delegate (string ContentType, byte[] Bytes)? PageServer(string path);

/// <summary>A page to draw.</summary>
/// <param name="Path">The path of the page on its own origin, beginning with <c>/</c>.</param>
/// <param name="Width">The viewport's width in CSS pixels.</param>
/// <param name="Height">The viewport's height in CSS pixels.</param>
/// <param name="Ready">A CSS selector that matches once the page has drawn; null where none.</param>
/// <param name="VirtualMilliseconds">How long the page runs by its own clock before the picture is taken.</param>
/// <param name="OwnMilliseconds">The page's own time: one that has used so much of a processor and is not drawn has had it.</param>
/// <param name="DeadlineMilliseconds">How long all of it may take by our clock; beyond its own time for busy machines.</param>
/// <param name="Audit">The source of axe-core, to audit the page with; null leaves it out.</param>
public sealed record PageOrder(
    string Path,
    int Width,
    int Height,
    string? Ready,
    int VirtualMilliseconds,
    int OwnMilliseconds,
    int DeadlineMilliseconds,
    string? Audit
)
{
    /// <summary>Its own time for people: "10 seconds".</summary>
    internal string OwnTime =>
        OwnMilliseconds == 1000
            ? "1 second"
            : string.Create(CultureInfo.InvariantCulture, $"{OwnMilliseconds / 1000.0:0.#} seconds");
}
