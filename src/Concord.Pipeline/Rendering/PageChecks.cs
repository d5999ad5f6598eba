using System.Globalization;
using Concord.Core.Domain;

namespace Concord.Pipeline.Rendering;

/// <summary>What a drawn page says about its output, as automatic checks beside the grades.</summary>
internal static class PageChecks
{
    /// <summary>Whether there is a picture.</summary>
    public const string Rendered = "rendered";

    // Less than this share of pixels unlike the background is a stray mark: a word of text has about as many.
    private const double LeastDrawn = 0.0001;

    /// <summary>Every check that rendering may write, so that those which no longer apply can go.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Rendered,
        "changed-from-starter",
        "page-errors",
        "console-errors",
        "blocked-requests",
        "missing-files",
        "missing-libraries",
        "stopped",
        "ready",
        "not-blank",
        "fits-viewport",
        "overflow",
        "axe",
    ];

    // Half a line: what an inline drawing leaves below itself.
    private const double Slack = 8;

    public static IReadOnlyList<CheckResult> Of(RenderReply reply, Viewport viewport, bool isChanged)
    {
        var result = reply.Result;
        var checks = new List<CheckResult>
        {
            new(Rendered, result.Failure is null, null, result.Failure ?? ""),
            new("changed-from-starter", isChanged, null, isChanged ? "" : "Every file is as the challenge gave it."),
            None("page-errors", result.PageErrors),
            None("console-errors", result.ConsoleErrors),
            None("blocked-requests", result.Blocked),
            None("missing-files", result.MissingFiles),
            None("missing-libraries", reply.MissingLibraries),
            None("stopped", result.Stopped),
        };
        if (result.IsReady is { } ready)
            checks.Add(new("ready", ready, null, ready ? "" : "Nothing matches the challenge's readiness selector."));
        if (reply.Drawn is { } share)
            checks.Add(new("not-blank", share >= LeastDrawn, Math.Round(share, 6), ""));
        if (result.Measure is { } measure)
        {
            var fits = measure.Width <= viewport.Width && measure.Height <= viewport.Height + Slack;
            var ratio = Math.Max(measure.Width / viewport.Width, measure.Height / viewport.Height);
            checks.Add(
                new(
                    "fits-viewport",
                    fits,
                    Math.Round(ratio, 3),
                    fits
                        ? ""
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"The page is {measure.Width:0} × {measure.Height:0} in a viewport of {viewport.Width} × {viewport.Height}."
                        )
                )
            );
            checks.Add(new("overflow", measure.CutTexts == 0, measure.CutTexts, Sentence(measure.CutExamples)));
        }
        if (result.AuditFindings is { } findings)
            checks.Add(new("axe", null, findings.Count, Sentence(findings, shown: int.MaxValue)));
        return checks;
    }

    private static CheckResult None(string name, IReadOnlyList<string> found) =>
        new(name, found.Count == 0, found.Count, Sentence(found));

    private static string Sentence(IReadOnlyList<string> found, int shown = 5) =>
        PlainText.Of(string.Join("; ", found.Take(shown)) + (found.Count > shown ? "; …" : ""));
}
