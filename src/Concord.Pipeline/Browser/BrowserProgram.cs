using System.ComponentModel;
using System.Diagnostics;
using Concord.Core.Domain;
using Concord.Pipeline.Processes;

namespace Concord.Pipeline.Browser;

/// <summary>The browser that draws pages, and Node, which Playwright's driver runs on; both as this machine has them.</summary>
/// <param name="Path">The browser's program.</param>
/// <param name="Version">What it says of itself, such as <c>Chromium 156.0.8078.79</c>.</param>
/// <param name="Node">Node's program.</param>
public sealed record BrowserProgram(string Path, string Version, string Node)
{
    /// <summary>Names of browsers on the PATH, the best for screenshots first.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ];

    private static readonly string[] MacApplications =
    [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    /// <summary>The path of the browser; null where there is none.</summary>
    public static string? FindBrowser() =>
        Names.Select(ProgramPath.Find).FirstOrDefault(b => b is not null) ?? (
            OperatingSystem.IsMacOS() ? MacApplications.FirstOrDefault(File.Exists) : null
        );

    /// <summary>The path of Node; null where there is none.</summary>
    public static string? FindNode() => ProgramPath.Find("node");

    /// <summary>Finds both.</summary>
    /// <exception cref="ConcordException">One is missing.</exception>
    public static BrowserProgram Find()
    {
        var found = FindUnversioned();
        return found with { Version = VersionOf(found.Path) };
    }

    /// <summary>Finds both without asking the browser for its version.</summary>
    /// <exception cref="ConcordException">One is missing.</exception>
    internal static BrowserProgram FindUnversioned()
    {
        var browser =
            FindBrowser()
            ?? throw new ConcordException(
                "no-browser",
                "There is no browser to draw pages with.",
                "Install chromium-headless-shell, chromium or google-chrome; 'concord doctor' says how."
            );
        var node =
            FindNode()
            ?? throw new ConcordException(
                "no-node",
                "Node is missing; it runs the driver of the browser.",
                "Install Node 20.19 or 22.12 or newer; 'concord doctor' says how."
            );
        return new(browser, "", node);
    }

    private static string VersionOf(string program)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var error = process.StandardError.ReadToEndAsync();
            var words = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            error.Wait();
            var number = words.FirstOrDefault(w => w.Length > 0 && char.IsAsciiDigit(w[0]))?.Trim();
            var name = System.IO.Path.GetFileNameWithoutExtension(program);
            return number is null ? name : $"{name} {number}";
        }
        catch (Win32Exception e)
        {
            throw new ConcordException("no-browser", $"The browser does not start: {e.Message}", "Install it again.", program);
        }
    }
}
