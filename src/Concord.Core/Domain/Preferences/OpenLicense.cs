namespace Concord.Core.Domain.Preferences;

/// <summary>Whether a licence leaves the weights open, and does not forbid training other models on what they wrote.</summary>
/// <remarks>
/// Known by their SPDX identifiers and the Hugging Face Hub's, in any case. Llama 2 and 3 are not among them: their terms forbid to improve other models
/// with their outputs (those of 3.1 and later allow it under conditions); nor are licences without commercial use or derivatives.
/// </remarks>
public static class OpenLicense
{
    /// <summary>What a maintainer writes who has read terms that have no identifier.</summary>
    public const string Declared = "open-weights";

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        Declared,
        "0BSD",
        "AFL-3.0",
        "AGPL-3.0",
        "AGPL-3.0-only",
        "AGPL-3.0-or-later",
        "Apache-2.0",
        "Artistic-2.0",
        "bigcode-openrail-m",
        "bigscience-openrail-m",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD-3-Clause-Clear",
        "BSL-1.0",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "CC-BY-SA-3.0",
        "CC-BY-SA-4.0",
        "CC0-1.0",
        "CDLA-Permissive-1.0",
        "CDLA-Permissive-2.0",
        "creativeml-openrail-m",
        "ECL-2.0",
        "EUPL-1.1",
        "EUPL-1.2",
        "GPL-2.0",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "ISC",
        "LGPL-2.1",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "llama3.1",
        "llama3.2",
        "llama3.3",
        "llama4",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "MS-PL",
        "NCSA",
        "ODC-By",
        "ODC-By-1.0",
        "openrail",
        "openrail++",
        "OSL-3.0",
        "PDDL",
        "PDDL-1.0",
        "Unlicense",
        "Zlib",
    };

    /// <summary>Looks a licence up.</summary>
    /// <param name="license">Its identifier as written in benchmark.yaml or output.json; null where unknown.</param>
    /// <returns>False for a licence that is unknown here.</returns>
    public static bool Is(string? license) => license is not null && Known.Contains(license.Trim());
}
