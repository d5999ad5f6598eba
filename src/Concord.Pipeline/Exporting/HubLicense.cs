namespace Concord.Pipeline.Exporting;

/// <summary>What a card may say under <c>license:</c>.</summary>
internal static class HubLicense
{
    // Of the identifiers that the Hub takes, those that outputs of models and prompts are found under.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "afl-3.0",
        "agpl-3.0",
        "apache-2.0",
        "artistic-2.0",
        "bigcode-openrail-m",
        "bigscience-openrail-m",
        "bsd-2-clause",
        "bsd-3-clause",
        "bsd-3-clause-clear",
        "bsl-1.0",
        "cc-by-2.0",
        "cc-by-3.0",
        "cc-by-4.0",
        "cc-by-nc-4.0",
        "cc-by-nc-sa-4.0",
        "cc-by-sa-3.0",
        "cc-by-sa-4.0",
        "cc0-1.0",
        "cdla-permissive-1.0",
        "cdla-permissive-2.0",
        "creativeml-openrail-m",
        "eupl-1.1",
        "eupl-1.2",
        "gpl-2.0",
        "gpl-3.0",
        "isc",
        "lgpl-2.1",
        "lgpl-3.0",
        "llama2",
        "llama3",
        "llama3.1",
        "llama3.2",
        "llama3.3",
        "mit",
        "mpl-2.0",
        "ms-pl",
        "ncsa",
        "odbl",
        "odc-by",
        "openrail",
        "openrail++",
        "osl-3.0",
        "pddl",
        "unlicense",
        "zlib",
    };

    /// <summary>The identifier of a dataset whose prompts and replies are all under one licence that the Hub knows; null of any other.</summary>
    /// <param name="prompts">The prompts' licence.</param>
    /// <param name="replies">The replies' licences.</param>
    public static string? Of(string prompts, IEnumerable<string> replies)
    {
        string[] all = [.. replies.Append(prompts).Select(l => l.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        return all is [var only] && Known.Contains(only) ? only : null;
    }
}
