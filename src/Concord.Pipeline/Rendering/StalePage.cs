using Concord.Core.Domain;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Rendering;

/// <summary>A page to draw.</summary>
/// <param name="Output">Its output.</param>
/// <param name="Challenge">The output's challenge.</param>
/// <param name="NeedsLibraries">Whether it asks for libraries.</param>
/// <param name="Key">The key of its record.</param>
internal sealed record StalePage(Output Output, Challenge Challenge, bool NeedsLibraries, string Key)
{
    /// <summary>The check that audits a page.</summary>
    public const string Audit = "axe";

    // Ten virtual seconds settle what moves; the deadline beyond the challenge's own time is for busy machines.
    private const int VirtualMilliseconds = 10_000;
    private const int SlackMilliseconds = 5_000;

    /// <summary>Whether it is audited.</summary>
    public bool IsAudited => Challenge.Checks.Contains(Audit);

    /// <summary>What a worker is asked.</summary>
    /// <param name="root">The workspace.</param>
    /// <returns>The job; null where no file is the page.</returns>
    public RenderJob? Job(string root)
    {
        if (OutputSite.Entry(Output.Files) is not { } entry)
            return null;
        var own = (int)(Challenge.TimeoutSeconds * 1000);
        var order = new PageOrder(
            "/" + string.Join('/', entry.Split('/').Select(Uri.EscapeDataString)),
            Challenge.Viewport.Width,
            Challenge.Viewport.Height,
            Challenge.Ready,
            VirtualMilliseconds,
            own,
            own + SlackMilliseconds,
            Audit: null
        );
        return new(Id: 0, root, Path.Combine(root, Output.Key.Folder, "files"), order, IsAudited);
    }
}
