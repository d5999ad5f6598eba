using System.Net;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Rendering;

/// <summary>One static page with all screenshots of a challenge side by side. It runs no scripts and loads nothing but them.</summary>
public static class Gallery
{
    /// <summary>Where the pages go: a folder that git ignores.</summary>
    public const string Folder = "benchmarks/.cache/gallery";

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2330; --soft: #5b6472; --paper: #f6f7f9; --card: #fff; --rule: #d9dde3; --bad: #a3282f; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a0a9b6; --paper: #14171c; --card: #1d2229; --rule: #333a44; --bad: #ff9a9a; } }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 24px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1 { margin: 0 0 4px; font-size: 22px; }
        p { margin: 0 0 20px; color: var(--soft); }
        ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); gap: 16px; margin: 0; padding: 0; list-style: none; }
        figure { margin: 0; overflow: hidden; border: 1px solid var(--rule); border-radius: 8px; background: var(--card); }
        figcaption { padding: 8px 12px; border-bottom: 1px solid var(--rule); font-weight: 600; overflow-wrap: anywhere; }
        img { display: block; width: 100%; height: auto; background: #fff; }
        .none { margin: 0; padding: 24px 12px; color: var(--bad); }
        """;

    /// <summary>Writes the page of each challenge that has outputs.</summary>
    /// <param name="root">The workspace.</param>
    /// <param name="workspace">The same, as read.</param>
    /// <param name="selection">Which challenges and models.</param>
    /// <returns>The paths of the pages, relative to the workspace.</returns>
    public static IReadOnlyList<string> Write(string root, Workspace workspace, RenderSelection selection)
    {
        var paths = new List<string>();
        using var tree = new WorkTree(root);
        if (tree.LeadsThroughLink(Folder))
            throw new ConcordException(
                "link",
                "This leads through a link, which may lead out of the workspace, so nothing is written there.",
                "Put the folder itself here.",
                Folder
            );
        foreach (var challenge in workspace.Challenges.Where(c => c.Kind == ChallengeKind.Visualization))
        {
            var all = selection with { Shard = Shard.All };
            Output[] outputs = [.. workspace.Outputs.Where(o => o.Key.Challenge == challenge.Id && all.Takes(o))];
            if (outputs.Length == 0)
                continue;
            var path = $"{Folder}/{challenge.Id}.html";
            AtomicFile.Replace(Path.Combine(root, path), Encoding.UTF8.GetBytes(Page(challenge, outputs, tree)));
            paths.Add(path);
        }
        return paths;
    }

    private static string Page(Challenge challenge, Output[] outputs, WorkTree tree)
    {
        var title = WebUtility.HtmlEncode(challenge.Title);
        var html = new StringBuilder();
        html.Append(
            null,
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
            <title>{title}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <h1>{title}</h1>
            <p>{outputs.Length} {(
                outputs.Length == 1 ? "output" : "outputs"
            )}, at {challenge.Viewport.Width} × {challenge.Viewport.Height}</p>
            <ul>

            """
        );
        foreach (var output in outputs)
        {
            var name = WebUtility.HtmlEncode(output.Key.Model.Value);
            var file = $"{output.Key.Folder}/{RenderRecord.Picture}";
            var picture = tree.Read(file) is null
                ? $"<p class=\"none\">{WebUtility.HtmlEncode(output.Failure ?? RenderRecord.Reason(tree, output.Key.Folder) ?? "Not rendered yet.")}</p>"
                : $"<img src=\"../../../{WebUtility.HtmlEncode(file)}\" width=\"{challenge.Viewport.Width}\" height=\"{challenge.Viewport.Height}\" loading=\"lazy\" alt=\"Screenshot of the output of {name}\">";
            html.Append(null, $"<li><figure><figcaption>{name}</figcaption>{picture}</figure></li>\n");
        }
        return html.Append("</ul>\n</body>\n</html>\n").ToString();
    }
}
